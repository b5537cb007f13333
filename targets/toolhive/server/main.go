// Command server starts ToolHive's embedded authorization server on loopback, for Scopecheck to test.
//
//	PORT=4701 ./server/server                                                   its four default scopes, no baseline
//	PORT=4701 SCOPES="openid offline_access" BASELINE=offline_access ./server/server
//
// PORT is the port, SCOPES what is supported (left out: not configured) and BASELINE what every registration is given on top. How scope
// is treated is left as the product ships it. Beside it stands a stub of the identity provider that ToolHive sends people to: it lets
// everybody in at once. The log goes to standard error, all levels of it.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/stacklok/toolhive-core/logging"
	"github.com/stacklok/toolhive/pkg/authserver"
	"github.com/stacklok/toolhive/pkg/authserver/runner"
)

const host = "127.0.0.1"

// upstream is the stub: a code for whoever comes, and one fixed answer for any code.
func upstream() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /authorize", func(w http.ResponseWriter, r *http.Request) {
		back, err := url.Parse(r.FormValue("redirect_uri"))
		if err != nil || back.Hostname() != host {
			http.Error(w, "the redirect URI is not on loopback", http.StatusBadRequest)
			return
		}
		back.RawQuery = url.Values{"code": {"stub-code"}, "state": {r.FormValue("state")}}.Encode()
		http.Redirect(w, r, back.String(), http.StatusFound)
	})
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{
			"access_token": "stub-access", "refresh_token": "stub-refresh", "token_type": "Bearer", "expires_in": 3600,
		})
	})
	return mux
}

// scopes reads a list from the environment. One that is not set is nil, which ToolHive takes for "not configured".
func scopes(name string) []string {
	return strings.Fields(os.Getenv(name))
}

func run(ctx context.Context) error {
	port, err := strconv.ParseUint(os.Getenv("PORT"), 10, 16)
	if err != nil || port == 0 {
		return fmt.Errorf("PORT is not a port: set it to a number from 1 to 65535")
	}
	idp, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		return err
	}
	issuer, login := fmt.Sprintf("http://%s:%d", host, port), "http://"+idp.Addr().String()
	authority, err := runner.NewEmbeddedAuthServer(ctx, &authserver.RunConfig{
		SchemaVersion:        authserver.CurrentSchemaVersion,
		Issuer:               issuer,
		ScopesSupported:      scopes("SCOPES"),
		BaselineClientScopes: scopes("BASELINE"),
		AllowedAudiences:     []string{"https://mcp.test.local"},
		Upstreams: []authserver.UpstreamRunConfig{{
			Name: "stub",
			Type: authserver.UpstreamProviderTypeOAuth2,
			OAuth2Config: &authserver.OAuth2UpstreamRunConfig{
				AuthorizationEndpoint: login + "/authorize",
				TokenEndpoint:         login + "/token",
				ClientID:              "toolhive",
				RedirectURI:           issuer + "/oauth/callback",
			},
		}},
	})
	if err != nil {
		return err
	}
	defer authority.Close()
	front, err := net.Listen("tcp", net.JoinHostPort(host, strconv.FormatUint(port, 10)))
	if err != nil {
		return err
	}
	ended := make(chan error, 2)
	for listener, handler := range map[net.Listener]http.Handler{idp: upstream(), front: authority.Handler()} {
		go func() {
			server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
			ended <- server.Serve(listener)
		}()
	}
	fmt.Println("listening " + issuer)
	// A parent that was killed outright sends no signal, and a server left behind would hold its port.
	parent, glance := os.Getppid(), time.NewTicker(500*time.Millisecond)
	defer glance.Stop()
	for {
		select {
		case err := <-ended:
			return err
		case <-ctx.Done():
			return nil
		case <-glance.C:
			if os.Getppid() != parent {
				return nil
			}
		}
	}
}

func main() {
	slog.SetDefault(logging.New(logging.WithLevel(slog.LevelDebug)))
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(2)
	}
}
