package portal.standin;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.IndexSettings;

/** Options of one filter or tokenizer. One that is not known here is an error: ignored, it would prove nothing. */
final class Options {
    // The last is the server's own, where a filter or tokenizer has no entry in the index's settings.
    private static final Set<String> OF_EVERY_KIND = Set.of("type", "version", "index.version.created");

    private final Settings given;

    Options(String name, Settings given, Set<String> known) {
        Set<String> unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(OF_EVERY_KIND);
        unknown.removeAll(known);
        if (unknown.isEmpty() == false) {
            throw new IllegalArgumentException("[" + name + "]: options " + unknown + " are not in the stand-in, only " + new TreeSet<>(known));
        }
        this.given = given;
    }

    boolean preservesOriginal() {
        return given.getAsBoolean("preserve_original", false);
    }

    int shortest() {
        return given.getAsInt("min_gram", 1);
    }

    int longest() {
        return given.getAsInt("max_gram", 2);
    }

    int number(String name, int otherwise) {
        return given.getAsInt(name, otherwise);
    }

    /** As the vendor's module does for n-grams, though not for those of the word's edge. */
    void requireAllowedDifference(IndexSettings index) {
        int difference = longest() - shortest();
        if (difference > index.getMaxNgramDiff()) {
            throw new IllegalArgumentException(
                "max_gram - min_gram is " + difference + ", more than [index.max_ngram_diff] " + index.getMaxNgramDiff());
        }
    }

    /** Which characters make a token; null: all do. */
    Predicate<Integer> tokenCharacters() {
        Predicate<Integer> any = null;
        for (String kind : given.getAsList("token_chars")) {
            Predicate<Integer> one = switch (kind) {
                case "letter" -> Character::isLetter;
                case "digit" -> Character::isDigit;
                case "whitespace" -> Character::isWhitespace;
                default -> throw new IllegalArgumentException("token_chars [" + kind + "] is not in the stand-in");
            };
            any = any == null ? one : any.or(one);
        }
        return any;
    }
}
