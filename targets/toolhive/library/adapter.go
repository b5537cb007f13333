// Command adapter puts the registration of ToolHive's authorization server to the test. It speaks the adapter protocol of Scopecheck on
// stdin and stdout.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"

	"github.com/ory/fosite"
	"github.com/stacklok/toolhive/pkg/authserver"
	"github.com/stacklok/toolhive/pkg/authserver/server"
	"github.com/stacklok/toolhive/pkg/authserver/server/handlers"
	"github.com/stacklok/toolhive/pkg/authserver/server/registration"
	"github.com/stacklok/toolhive/pkg/authserver/storage"
	"github.com/stacklok/toolhive/pkg/authserver/upstream"
	"github.com/stacklok/toolhive/pkg/oauthproto"
)

func union(in input) (object, error) {
	joined := registration.UnionScopes(list[string](in.First), list[string](in.Second))
	return object{"scopes": list[text](joined)}, nil
}

func serialize(in input) (object, error) {
	var joined string
	written, err := json.Marshal(oauthproto.ScopeList(list[string](in.Scopes)))
	if err == nil {
		err = json.Unmarshal(written, &joined)
	}
	return object{"text": text(joined)}, err
}

// The configuration is checked as at the start of the server. Its error names the offender as a quoted Go string.
func validateBaseline(in input) (object, error) {
	config := authserver.RunConfig{ScopesSupported: list[string](in.Supported), BaselineClientScopes: list[string](in.Baseline)}
	err := config.Validate()
	if err == nil {
		return object{"valid": true}, nil
	}
	quoted, _ := strconv.QuotedPrefix(strings.TrimPrefix(err.Error(), "baseline_client_scopes contains "))
	offending, unread := strconv.Unquote(quoted)
	if unread != nil {
		return nil, err
	}
	return object{"valid": false, "offending": text(offending)}, nil
}

// clients stands for the storage: it keeps the scopes of the client that was registered last.
type clients struct {
	storage.Storage
	scopes []string
}

func (c *clients) RegisterClient(_ context.Context, client fosite.Client) error {
	c.scopes = client.GetScopes()
	return nil
}

// journal is the log of ToolHive, the only place where it says that the baseline has added something.
type journal struct{ expanded bool }

func (*journal) Enabled(context.Context, slog.Level) bool { return true }
func (j *journal) WithAttrs([]slog.Attr) slog.Handler     { return j }
func (j *journal) WithGroup(string) slog.Handler          { return j }
func (j *journal) Handle(_ context.Context, record slog.Record) error {
	j.expanded = j.expanded || strings.Contains(record.Message, "expanded by baseline_client_scopes")
	return nil
}

// A client registers at the handler of the endpoint: it validates, falls back to the defaults and joins the baseline.
func expandRegistration(in input) (object, error) {
	if len(in.Supported) == 0 {
		return nil, unsupported("the configuration fills in what is supported before the endpoint sees it")
	}
	registration.DefaultScopes = list[string](in.Defaults) // a variable of the package; there is no other way to choose the defaults
	stored, log := &clients{}, &journal{}
	slog.SetDefault(slog.New(log))
	config := &server.AuthorizationServerConfig{
		Config: &fosite.Config{}, ScopesSupported: list[string](in.Supported), BaselineClientScopes: list[string](in.Baseline),
	}
	login := handlers.NamedUpstream{Name: "never-asked", Provider: struct{ upstream.OAuth2Provider }{}}
	handler, err := handlers.NewHandler(nil, config, stored, []handlers.NamedUpstream{login})
	if err != nil {
		panic(err)
	}
	body, _ := json.Marshal(object{"redirect_uris": []string{"http://127.0.0.1/cb"}, "scope": in.Requested})
	request := httptest.NewRequest(http.MethodPost, "/oauth/register", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	response := httptest.NewRecorder()
	handler.RegisterClientHandler(response, request)
	if response.Code != http.StatusCreated {
		var refused registration.DCRError
		json.Unmarshal(response.Body.Bytes(), &refused)
		return nil, refusal{refused.Error, refused.ErrorDescription}
	}
	return object{"registered": list[text](stored.scopes), "expanded": log.expanded}, nil
}

func main() {
	calls := map[string]call{
		"union": union, "serialize": serialize, "validate_baseline": validateBaseline, "expand_registration": expandRegistration,
	}
	semantics := object{"malformed": "keep", "matching": "exact", "duplicates": "first", "order": "kept"}
	serve("toolhive", "github.com/stacklok/toolhive", calls, semantics)
}
