// Command adapter puts the scope functions of ory/fosite to the test. It speaks the adapter protocol of Scopecheck on stdin and stdout.
// Its argument names what decides whether a scope is covered: `exact`, `hierarchic`, `wildcard` or `arguments`.
package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"os"

	"github.com/ory/fosite"
	"github.com/ory/fosite/storage"
	"github.com/ory/fosite/token/jwt"
)

// An authorization request is read. Which scopes are allowed is not the question then, so everything is.
func parse(in input) (object, error) {
	store, config := storage.NewMemoryStore(), &fosite.Config{ScopeStrategy: func([]string, string) bool { return true }}
	store.Clients["c"] = &fosite.DefaultClient{ID: "c", RedirectURIs: []string{"https://client.example/cb"}}
	query := url.Values{"client_id": {"c"}, "response_type": {"code"}, "state": {"long-enough"}, "scope": {string(in.Text)}}
	request := &http.Request{URL: &url.URL{RawQuery: query.Encode() + "&redirect_uri=https://client.example/cb"}}
	read, err := fosite.NewOAuth2Provider(store, config).NewAuthorizeRequest(context.Background(), request)
	return object{"scopes": list[text](read.GetRequestedScopes())}, err
}

func claims(in input) (object, error) {
	decoded, read := jwt.MapClaims{}, jwt.JWTClaims{} // MapClaims has a decoder of its own, for the payload of every token
	err := json.Unmarshal(in.Claims, &decoded)
	read.FromMapClaims(decoded)
	return object{"scopes": list[text](read.Scope)}, err
}

func serialize(in input) (object, error) {
	response := fosite.NewAccessResponse()
	response.SetScopes(list[string](in.Scopes))
	return object{"text": text(response.GetExtra("scope").(string))}, nil
}

func union(in input) (object, error) {
	first, second := fosite.NewRequest(), fosite.NewRequest()
	first.SetRequestedScopes(list[string](in.First))
	second.SetRequestedScopes(list[string](in.Second))
	first.Merge(second)
	return object{"scopes": list[text](first.GetRequestedScopes())}, nil
}

var covering = map[string]fosite.ScopeStrategy{
	"exact": fosite.ExactScopeStrategy, "hierarchic": fosite.HierarchicScopeStrategy, "wildcard": fosite.WildcardScopeStrategy,
	"arguments": func(granted []string, scope string) bool { return fosite.Arguments(granted).Has(scope) },
}

// One scope after the other, as the handlers of fosite ask; what is denied is missing.
func covers(in input) (object, error) {
	granted, missing := list[string](in.Granted), []text{}
	for _, scope := range in.Required {
		if !covering[os.Args[1]](granted, string(scope)) {
			missing = append(missing, scope)
		}
	}
	return object{"covered": len(missing) == 0, "missing": missing}, nil
}

func main() {
	calls := map[string]call{"covers": covers}
	semantics := object{"matching": "exact", "separators": "space", "malformed": "keep", "order": "kept"}
	switch table := os.Args[1]; table {
	case "exact": // what does not depend on the strategy is in this table alone
		calls["parse"], calls["claims"], calls["serialize"], calls["union"] = parse, claims, serialize, union
	case "hierarchic", "wildcard":
		semantics["matching"] = table
	}
	serve("fosite", "github.com/ory/fosite", calls, semantics)
}
