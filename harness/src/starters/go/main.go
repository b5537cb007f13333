// Puts a library's scope functions behind the adapter protocol, so that scopecheck can test them.
//
// The suite starts this program, writes one JSON object a line to its standard input, and reads one a line from its
// standard output. Standard error is free: what you print there is shown where something goes wrong. fmt.Println is not.
//
//	go build -o adapter .
//	scopecheck adapter check -- ./adapter    says whether the conversation is sound
//	scopecheck library -- ./adapter          says whether the library is
//
// Two rules: announce only what the library really offers, and convert nothing. The library's own answer is the answer.
package main

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"unicode/utf8"
)

// --- 1. The library: a stand-in that is right by RFC 6749 section 3.3. Import yours instead, and delete this. ---

var errNotAScope = errors.New("not a scope")

func standIn(text string) ([]string, error) {
	scopes, seen := []string{}, map[string]bool{}
	for _, piece := range strings.Split(text, " ") {
		for i := 0; i < len(piece); i++ {
			if c := piece[i]; c < 0x21 || c == '"' || c == '\\' || c > 0x7E {
				return nil, fmt.Errorf("%w: %+.100q", errNotAScope, piece)
			}
		}
		if piece != "" && !seen[piece] {
			seen[piece] = true
			scopes = append(scopes, piece)
		}
	}
	return scopes, nil
}

// --- 2. The operations: each takes the `input` of a call and gives the `ok` of its reply. ---

func parse(input json.RawMessage) (any, error) {
	var call struct {
		Text text `json:"text"`
	}
	if err := json.Unmarshal(input, &call); err != nil {
		return nil, unreadable{err}
	}
	scopes, err := standIn(string(call.Text)) // Replace this by your library's call.
	return map[string]any{"scopes": outgoing(scopes)}, err
}

// The next one goes here. A library that joins lists would have:
//
// func union(input json.RawMessage) (any, error) {
// 	var call struct{ First, Second []text }
// 	if err := json.Unmarshal(input, &call); err != nil {
// 		return nil, unreadable{err}
// 	}
// 	return map[string]any{"scopes": outgoing(yourlibrary.Union(incoming(call.First), incoming(call.Second)))}, nil
// }

// Each name here is announced, and with it the library accepts all the vectors and laws of that operation. There are
// parse serialize claims token union covers recorded plan_step_up ensure_granted expand_registration validate_baseline
// challenge emit_challenge; targets/ADAPTERS.md has their inputs and answers.
var operations = map[string]func(json.RawMessage) (any, error){
	"parse": parse,
}

func hello() any {
	names := []string{}
	for name := range operations {
		names = append(names, name)
	}
	return map[string]any{"hello": map[string]any{
		"name":       "your-library",
		"version":    "0.0.0", // runtime/debug.ReadBuildInfo knows the version of each module, and is never out of date.
		"language":   "go",
		"operations": names,
		// Where the library is knowingly not strict, say so, such as {"separators": "whitespace", "duplicates": "keep"}.
		"semantics": map[string]string{},
		// How many calls may be under way. They are answered one after the other, so this only keeps the pipe full.
		"max_in_flight": 64,
	}}
}

// --- 3. The protocol: nothing below has to change. ---

// text is a string as it was sent. Octets that are no UTF-8 come as {"hex": ...}; a string of Go holds them as they are.
// Half a surrogate pair it cannot hold: encoding/json makes U+FFFD of it.
type text string

func (t *text) UnmarshalJSON(sent []byte) error {
	var octets struct{ Hex *string }
	if json.Unmarshal(sent, &octets) == nil && octets.Hex != nil {
		decoded, err := hex.DecodeString(*octets.Hex)
		*t = text(decoded)
		return err
	}
	if !bytes.HasPrefix(sent, []byte{'"'}) {
		return errors.New("a string is due")
	}
	return json.Unmarshal(sent, (*string)(t))
}

func (t text) MarshalJSON() ([]byte, error) {
	if utf8.ValidString(string(t)) {
		return json.Marshal(string(t))
	}
	return json.Marshal(map[string]string{"hex": hex.EncodeToString([]byte(t))})
}

func incoming(sent []text) []string {
	strings := make([]string, len(sent))
	for i, one := range sent {
		strings[i] = string(one)
	}
	return strings
}

// outgoing is never nil, for a nil slice would be sent as null.
func outgoing(strings []string) []text {
	sent := make([]text, len(strings))
	for i, one := range strings {
		sent[i] = text(one)
	}
	return sent
}

// unreadable is an input that has not the shape of the operation, such as a list where a string is due: Go's types
// cannot even hold it, so the library was not asked.
type unreadable struct{ error }

type reply struct {
	Seq         json.RawMessage   `json:"seq"`
	OK          any               `json:"ok,omitempty"`
	Rejected    map[string]string `json:"rejected,omitempty"`
	Unsupported map[string]string `json:"unsupported,omitempty"`
	Crashed     map[string]string `json:"crashed,omitempty"`
}

func answer(seq json.RawMessage, op string, input json.RawMessage) (said reply) {
	said.Seq = seq
	operation, known := operations[op]
	if !known {
		said.Unsupported = map[string]string{"reason": fmt.Sprintf("this adapter has no operation %+.100q", op)}
		return said
	}
	defer func() {
		if panicked := recover(); panicked != nil {
			said = reply{Seq: seq, Crashed: map[string]string{"detail": fmt.Sprint("panic: ", panicked)}}
		}
	}()
	ok, err := operation(input)
	var noCall unreadable
	switch {
	case errors.As(err, &noCall):
		said.Unsupported = map[string]string{"reason": "the types of Go cannot hold this input: " + err.Error()}
	case err != nil:
		said.Rejected = map[string]string{"kind": fmt.Sprintf("%T", err), "message": err.Error()}
	default:
		said.OK = ok
	}
	return said
}

var seqInFront = regexp.MustCompile(`^\s*\{\s*"seq"\s*:\s*(\d+)`)

// serve answers until `bye` or the end of the input.
func serve(reader *bufio.Reader, writer *bufio.Writer) error {
	encoder := json.NewEncoder(writer)
	for {
		// ReadBytes, not a Scanner: a Scanner gives up at a line of 64 KiB.
		line, err := reader.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var request struct {
				Hello, Bye, Seq json.RawMessage
				Op              string
				Input           json.RawMessage
			}
			if problem := json.Unmarshal(line, &request); problem != nil {
				// JSON that Go cannot read is still a call, and its number stands in front.
				seq := json.RawMessage("null")
				if number := seqInFront.FindSubmatch(line); number != nil {
					seq = number[1]
				}
				reason := "the adapter cannot read this line: " + problem.Error()
				err = errors.Join(err, encoder.Encode(reply{Seq: seq, Unsupported: map[string]string{"reason": reason}}))
			} else if request.Bye != nil {
				return writer.Flush()
			} else if request.Hello != nil {
				err = errors.Join(err, encoder.Encode(hello()))
			} else {
				err = errors.Join(err, encoder.Encode(answer(request.Seq, request.Op, request.Input)))
			}
		}
		if err != nil {
			flushed := writer.Flush()
			if errors.Is(err, io.EOF) {
				return flushed
			}
			return err
		}
		// What has arrived is answered at once, then flushed: a reply that stays in a buffer looks like a hang.
		if reader.Buffered() == 0 {
			if err := writer.Flush(); err != nil {
				return err
			}
		}
	}
}

func main() {
	if err := serve(bufio.NewReaderSize(os.Stdin, 1<<16), bufio.NewWriterSize(os.Stdout, 1<<16)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
