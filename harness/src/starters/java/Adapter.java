// Puts a library's scope functions behind the adapter protocol, so that scopecheck can test them.
//
// The suite starts this program, writes one JSON object a line to its standard input, and reads one a line from its
// standard output. Standard error is free: what System.err prints is shown where something goes wrong. System.out is not.
//
//   scopecheck adapter check -- java Adapter.java    says whether the conversation is sound
//   scopecheck library -- java Adapter.java          says whether the library is
//
// With your library it is `java -cp your-library.jar Adapter.java`; Java 17 or newer compiles it by itself.
//
// Two rules: announce only what the library really offers, and convert nothing. The library's own answer is the answer.

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

public class Adapter {

    // --- 1. The library: a stand-in that is right by RFC 6749 section 3.3. Import yours instead, and delete this. ---

    static class NotAScope extends RuntimeException {
        NotAScope(String message) {
            super(message);
        }
    }

    static List<String> standIn(String text) {
        LinkedHashSet<String> scopes = new LinkedHashSet<>();
        for (String piece : text.split(" ")) {
            if (piece.isEmpty()) {
                continue;
            }
            if (!piece.chars().allMatch(c -> c >= 0x21 && c <= 0x7E && c != '"' && c != '\\')) {
                throw new NotAScope("not a scope: " + piece);
            }
            scopes.add(piece);
        }
        return new ArrayList<>(scopes);
    }

    // --- 2. The operations: each takes the `input` of a call and gives the `ok` of its reply. ---

    static Object parse(Map<?, ?> call) {
        List<String> scopes = standIn(text(call.get("text"))); // Replace this by your library's call.
        return Map.of("scopes", scopes);
    }

    // The next one goes here. A library that joins lists would have:
    //
    // static Object union(Map<?, ?> call) {
    //     return Map.of("scopes", YourLibrary.union(texts(call.get("first")), texts(call.get("second"))));
    // }

    // Each name here is announced, and with it the library accepts all the vectors and laws of that operation. There are
    // parse serialize claims token union covers recorded plan_step_up ensure_granted expand_registration
    // validate_baseline challenge emit_challenge; targets/ADAPTERS.md has their inputs and answers.
    static final Map<String, Function<Map<?, ?>, Object>> OPERATIONS = Map.of("parse", Adapter::parse);

    // How your library refuses an input. Whatever else it throws counts as a crash.
    static boolean isRefusal(Throwable thrown) {
        return thrown instanceof NotAScope;
    }

    static Object hello() {
        return Map.of(
                "name", "your-library",
                "version", "0.0.0", // The manifest of the jar knows it: YourLibrary.class.getPackage().getImplementationVersion().
                "language", "java",
                "operations", new ArrayList<>(OPERATIONS.keySet()),
                // Where the library is knowingly not strict, say so: Map.of("separators", "whitespace", "duplicates", "keep").
                "semantics", Map.of(),
                // How many calls may be under way. They are answered one after the other, so this only keeps the pipe full.
                "max_in_flight", 64);
    }

    // --- 3. The protocol: nothing below has to change. ---

    /** The input cannot be put to the library: the types of Java do not hold it. */
    static class NoCall extends RuntimeException {
        NoCall(String message) {
            super(message);
        }
    }

    /** A string as it was sent. Octets that are no UTF-8 come as {"hex": ...}, and no string of Java holds those. */
    static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new NoCall("this input is no string of Java");
    }

    static List<String> texts(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Adapter::text).toList();
        }
        throw new NoCall("this input is no list");
    }

    /** The reply to a call. */
    static Object reply(Map<?, ?> request) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("seq", request.get("seq"));
        Function<Map<?, ?>, Object> operation = request.get("op") instanceof String op ? OPERATIONS.get(op) : null;
        try {
            if (operation == null) {
                throw new NoCall("this adapter has no operation " + request.get("op"));
            }
            if (!(request.get("input") instanceof Map<?, ?> call)) {
                throw new NoCall("this input is no object");
            }
            said.put("ok", operation.apply(call));
        } catch (NoCall no) {
            said.put("unsupported", Map.of("reason", cut(no.getMessage())));
        } catch (RuntimeException | StackOverflowError thrown) {
            String message = cut(String.valueOf(thrown.getMessage()));
            if (isRefusal(thrown)) {
                said.put("rejected", Map.of("kind", thrown.getClass().getSimpleName(), "message", message));
            } else {
                said.put("crashed", Map.of("detail", thrown.getClass().getName() + ": " + message));
            }
        }
        return said;
    }

    /** A message may hold anything that the input held; it is cut, and half a surrogate pair is replaced. */
    static String cut(String message) {
        String text = message.length() > 1000 ? message.substring(0, 1000) : message;
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** Answers until `bye` or the end of the input. */
    public static void main(String[] arguments) throws IOException {
        // UTF-8 in so many words: the default depends on the machine. System.out would flush too rarely or too often.
        BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 16);
        Writer writer = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), 1 << 16);
        String line;
        while ((line = reader.readLine()) != null) {
            Object said;
            try {
                Map<?, ?> request = (Map<?, ?>) new Reader(line).all();
                if (request.containsKey("bye")) {
                    break;
                }
                said = request.containsKey("hello") ? Map.of("hello", hello()) : reply(request);
            } catch (RuntimeException | StackOverflowError thrown) {
                // JSON that cannot be read is still a call, and its number stands in front.
                Map<String, Object> no = new LinkedHashMap<>();
                String number = line.replaceFirst("(?s)^\\s*\\{\\s*\"seq\"\\s*:\\s*(\\d+).*", "$1");
                no.put("seq", number.matches("\\d{1,18}") ? Long.valueOf(number) : null);
                no.put("unsupported", Map.of("reason", "the adapter cannot read this line: " + cut(thrown.toString())));
                said = no;
            }
            StringBuilder text = new StringBuilder();
            write(text, said);
            writer.write(text.append('\n').toString());
            // What has arrived is answered at once, then flushed: a reply that stays in a buffer looks like a hang.
            if (!reader.ready()) {
                writer.flush();
            }
        }
        writer.flush();
    }

    // --- JSON, as little of it as is needed; with a JSON library on the class path these two go. ---

    /** Objects become maps, arrays lists, numbers BigDecimal; of members with the same name the last one counts. */
    static final class Reader {
        private final String json;
        private int at;

        Reader(String json) {
            this.json = json;
        }

        Object all() {
            Object value = value();
            if (at < json.length()) {
                throw wrong();
            }
            return value;
        }

        private Object value() {
            space();
            Object value = switch (peek()) {
                case '{' -> object();
                case '[' -> array();
                case '"' -> string();
                case 't' -> word("true", true);
                case 'f' -> word("false", false);
                case 'n' -> word("null", null);
                default -> number();
            };
            space();
            return value;
        }

        private Map<String, Object> object() {
            Map<String, Object> members = new LinkedHashMap<>();
            take('{');
            space();
            while (peek() != '}') {
                space();
                String name = string();
                space();
                take(':');
                members.put(name, value());
                if (peek() != '}') {
                    take(',');
                }
            }
            take('}');
            return members;
        }

        private List<Object> array() {
            List<Object> elements = new ArrayList<>();
            take('[');
            space();
            while (peek() != ']') {
                elements.add(value());
                if (peek() != ']') {
                    take(',');
                }
            }
            take(']');
            return elements;
        }

        private String string() {
            StringBuilder text = new StringBuilder();
            take('"');
            while (peek() != '"') {
                char c = json.charAt(at++);
                if (c != '\\') {
                    text.append(c);
                    continue;
                }
                char escape = peek();
                at++;
                switch (escape) {
                    case 'u' -> {
                        if (at + 4 > json.length()) {
                            throw wrong();
                        }
                        text.append((char) Integer.parseInt(json, at, at + 4, 16));
                        at += 4;
                    }
                    case 'b' -> text.append('\b');
                    case 'f' -> text.append('\f');
                    case 'n' -> text.append('\n');
                    case 'r' -> text.append('\r');
                    case 't' -> text.append('\t');
                    case '"', '\\', '/' -> text.append(escape);
                    default -> throw wrong();
                }
            }
            take('"');
            return text.toString();
        }

        private Object word(String word, Object value) {
            if (!json.startsWith(word, at)) {
                throw wrong();
            }
            at += word.length();
            return value;
        }

        private Object number() {
            int start = at;
            while (at < json.length() && "+-.eE0123456789".indexOf(json.charAt(at)) >= 0) {
                at++;
            }
            return new BigDecimal(json.substring(start, at));
        }

        private void space() {
            while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
                at++;
            }
        }

        private char peek() {
            if (at >= json.length()) {
                throw wrong();
            }
            return json.charAt(at);
        }

        private void take(char wanted) {
            if (peek() != wanted) {
                throw wrong();
            }
            at++;
        }

        private IllegalArgumentException wrong() {
            return new IllegalArgumentException("no JSON at character " + at);
        }
    }

    /** Writes a value. All beyond ASCII is escaped, and a string with half a surrogate pair goes out as octets. */
    static void write(StringBuilder out, Object value) {
        if (value instanceof Map<?, ?> map) {
            out.append('{');
            map.forEach((name, member) -> {
                if (out.charAt(out.length() - 1) != '{') {
                    out.append(',');
                }
                write(out, name);
                out.append(':');
                write(out, member);
            });
            out.append('}');
        } else if (value instanceof Iterable<?> list) {
            out.append('[');
            list.forEach(element -> {
                if (out.charAt(out.length() - 1) != '[') {
                    out.append(',');
                }
                write(out, element);
            });
            out.append(']');
        } else if (value instanceof String text && isNoText(text)) {
            out.append("{\"hex\":\"");
            text.codePoints().forEach(point -> hex(out, point));
            out.append("\"}");
        } else if (value instanceof String text) {
            out.append('"');
            for (char c : text.toCharArray()) {
                if (c == '"' || c == '\\') {
                    out.append('\\').append(c);
                } else if (c >= 0x20 && c < 0x7F) {
                    out.append(c);
                } else {
                    out.append(String.format("\\u%04x", (int) c));
                }
            }
            out.append('"');
        } else {
            out.append(value); // Numbers, true, false and null are JSON as they stand.
        }
    }

    private static boolean isNoText(String text) {
        return text.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    }

    /** The octets of a code point as UTF-8 would have them, were half a surrogate pair allowed there. */
    private static void hex(StringBuilder out, int point) {
        if (point < 0xD800 || point > 0xDFFF) {
            for (byte octet : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                out.append(String.format("%02x", octet));
            }
        } else {
            out.append(String.format("%02x%02x%02x", 0xE0 | point >> 12, 0x80 | point >> 6 & 0x3F, 0x80 | point & 0x3F));
        }
    }
}
