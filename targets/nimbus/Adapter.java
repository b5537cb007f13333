// Puts the scope functions of Nimbus (com.nimbusds:oauth2-oidc-sdk) behind the adapter protocol: one JSON object a line, in and out.
// Nothing is converted: what the library answers is the answer, README.md says which function stands behind which operation.

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.token.BearerTokenError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public final class Adapter {
    /** For a line that the JSON reader refuses: the suite still wants to know which call is meant. */
    private static final Pattern SEQ = Pattern.compile("\"seq\"\\s*:\\s*(\\d{1,18})");

    /** An input that the library has no notion of. */
    private static final class Unsupported extends Exception {
        Unsupported(String reason) {
            super(reason);
        }
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 16);
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        // Whatever a library prints must not stand between the lines of the protocol.
        System.setOut(System.err);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Map<String, Object> reply = answer(line);
            if (reply == null) break;
            out.print(JSONObjectUtils.toJSONString(reply) + "\n");
            // Lines that already wait are answered in one go.
            if (!in.ready()) out.flush();
        }
        out.flush();
    }

    /** The reply to a line, or null for the one that says goodbye. */
    private static Map<String, Object> answer(String line) {
        Map<String, Object> call;
        try {
            call = JSONObjectUtils.parse(line);
        } catch (java.text.ParseException | RuntimeException | StackOverflowError e) {
            Matcher seq = SEQ.matcher(line);
            Object number = seq.find() ? Long.valueOf(seq.group(1)) : null;
            return object("seq", number, "unsupported", object("reason", "the adapter cannot read this JSON: " + e));
        }
        if (call.containsKey("hello")) return object("hello", hello());
        if (call.containsKey("bye")) return null;
        Object seq = call.get("seq");
        try {
            if (!(call.get("input") instanceof Map<?, ?> input)) throw new Unsupported("the input is no object");
            return object("seq", seq, "ok", perform(String.valueOf(call.get("op")), input));
        } catch (Unsupported e) {
            return object("seq", seq, "unsupported", object("reason", e.getMessage()));
        } catch (ParseException | IllegalArgumentException e) {
            // The two ways in which the library refuses: the latter is how its constructors do it.
            return object("seq", seq, "rejected", object("kind", e.getClass().getSimpleName(), "message", e.getMessage()));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return object("seq", seq, "crashed", object("detail", e.toString()));
        }
    }

    private static Map<String, Object> hello() {
        return object(
            "name", "nimbus",
            "version", Scope.class.getPackage().getImplementationVersion(),
            "language", "java",
            "operations", List.of("parse", "serialize", "union", "covers", "challenge", "emit_challenge"),
            "semantics", object(
                "separators", "space", "duplicates", "first", "malformed", "keep", "matching", "exact", "order", "kept"),
            "max_in_flight", 64);
    }

    private static Map<String, Object> perform(String op, Map<?, ?> input) throws Unsupported, ParseException {
        switch (op) {
            case "parse":
                return object("scopes", Scope.parse(text(input.get("text"))).toStringList());
            case "serialize":
                return object("text", scope(input.get("scopes")).toString());
            case "union":
                Scope union = scope(input.get("first"));
                union.addAll(scope(input.get("second")));
                return object("scopes", union.toStringList());
            case "covers":
                return object("covered", scope(input.get("granted")).containsAll(scope(input.get("required"))));
            case "challenge":
                BearerTokenError read = BearerTokenError.parse(text(input.get("header")));
                // No scope is null in this library; in the protocol it is the empty list.
                List<String> scopes = read.getScope() == null ? List.of() : read.getScope().toStringList();
                return object("scopes", scopes, "error", read.getCode());
            case "emit_challenge":
                Object error = input.get("error");
                String code = error == null ? null : text(error);
                BearerTokenError made = new BearerTokenError(code, null, 0, null, null, scope(input.get("scopes")));
                return object("header", made.toWWWAuthenticateHeader());
            default:
                throw new Unsupported("the library has no function for this operation");
        }
    }

    private static Scope scope(Object list) throws Unsupported {
        if (!(list instanceof List<?> values)) throw new Unsupported("this is no list of strings");
        List<String> strings = new ArrayList<>(values.size());
        for (Object value : values) strings.add(text(value));
        return Scope.parse(strings);
    }

    private static String text(Object value) throws Unsupported {
        if (value instanceof String string) {
            // JSON can write half a surrogate pair, which has no octets, so that no reply could tell it.
            if (StandardCharsets.UTF_8.newEncoder().canEncode(string)) return string;
            throw new Unsupported("half a surrogate pair is no text");
        }
        boolean octets = value instanceof Map<?, ?> map && map.containsKey("hex");
        throw new Unsupported(octets ? "a string of Java holds no octets that are not UTF-8" : "this is no string");
    }

    private static Map<String, Object> object(Object... members) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) object.put((String) members[i], members[i + 1]);
        return object;
    }
}
