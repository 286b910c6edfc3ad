package portal.standin;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenizer;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.ngram.NGramTokenizer;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.features.NodeFeature;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.PreConfiguredTokenFilter;
import org.elasticsearch.index.analysis.PreConfiguredTokenizer;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.rest.RestHandler;

/**
 * What the portal and modelsearch's default settings use of two modules that the vendor does not publish:
 * filters and tokenizers of analysis-common, and GET / of rest-root.
 *
 * Lucene's own classes do the work, as they do there; here their options are read. What is not here makes the
 * creation of an index fail. The tokenizer standard and the analyzers standard and whitespace are the server's own.
 */
public final class StandInPlugin extends Plugin implements AnalysisPlugin, ActionPlugin {
    private static final Set<String> FILTERED_GRAMS = Set.of("min_gram", "max_gram", "preserve_original");
    private static final Set<String> TOKENIZED_GRAMS = Set.of("min_gram", "max_gram", "token_chars");
    // modelsearch sends the side, which has had one value for years.
    private static final Set<String> TOKENIZED_EDGES = Set.of("min_gram", "max_gram", "token_chars", "side");

    private ClusterService cluster;

    private interface FilterMaker {
        UnaryOperator<TokenStream> make(IndexSettings index, Options options);
    }

    private interface TokenizerMaker {
        Supplier<Tokenizer> make(IndexSettings index, Options options);
    }

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of(
            "lowercase", letters(Set.of(), (index, options) -> LowerCaseFilter::new),
            "asciifolding", letters(Set.of("preserve_original"), (index, options) -> {
                boolean preserve = options.preservesOriginal();
                return stream -> new ASCIIFoldingFilter(stream, preserve);
            }),
            "ngram", filter(FILTERED_GRAMS, (index, options) -> {
                options.requireAllowedDifference(index);
                int shortest = options.shortest(), longest = options.longest();
                boolean preserve = options.preservesOriginal();
                return stream -> new NGramTokenFilter(stream, shortest, longest, preserve);
            }),
            "edge_ngram", filter(FILTERED_GRAMS, (index, options) -> {
                int shortest = options.shortest(), longest = options.longest();
                boolean preserve = options.preservesOriginal();
                return stream -> new EdgeNGramTokenFilter(stream, shortest, longest, preserve);
            })
        );
    }

    private static AnalysisProvider<TokenFilterFactory> filter(Set<String> known, FilterMaker maker) {
        return (index, environment, name, settings) -> {
            UnaryOperator<TokenStream> filter = maker.make(index, new Options(name, settings, known));
            return new TokenFilterFactory() {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public TokenStream create(TokenStream stream) {
                    return filter.apply(stream);
                }
            };
        };
    }

    /** A filter of single letters: also for normalizers, and for the words of prefix and wildcard queries. */
    private static AnalysisProvider<TokenFilterFactory> letters(Set<String> known, FilterMaker maker) {
        return (index, environment, name, settings) -> {
            UnaryOperator<TokenStream> filter = maker.make(index, new Options(name, settings, known));
            return new NormalizingTokenFilterFactory() {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public TokenStream create(TokenStream stream) {
                    return filter.apply(stream);
                }
            };
        };
    }

    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        return Map.of(
            "keyword", tokenizer(Set.of(), (index, options) -> KeywordTokenizer::new),
            "whitespace", tokenizer(Set.of("max_token_length"), (index, options) -> {
                int longest = options.number("max_token_length", 255);
                return () -> new WhitespaceTokenizer(Tokenizer.DEFAULT_TOKEN_ATTRIBUTE_FACTORY, longest);
            }),
            "ngram", tokenizer(TOKENIZED_GRAMS, (index, options) -> {
                options.requireAllowedDifference(index);
                int shortest = options.shortest(), longest = options.longest();
                Predicate<Integer> characters = options.tokenCharacters();
                return () -> new NGramTokenizer(shortest, longest) {
                    @Override
                    protected boolean isTokenChar(int character) {
                        return characters == null || characters.test(character);
                    }
                };
            }),
            "edge_ngram", tokenizer(TOKENIZED_EDGES, (index, options) -> {
                int shortest = options.shortest(), longest = options.longest();
                Predicate<Integer> characters = options.tokenCharacters();
                return () -> new EdgeNGramTokenizer(shortest, longest) {
                    @Override
                    protected boolean isTokenChar(int character) {
                        return characters == null || characters.test(character);
                    }
                };
            })
        );
    }

    private static AnalysisProvider<TokenizerFactory> tokenizer(Set<String> known, TokenizerMaker maker) {
        return (index, environment, name, settings) ->
            TokenizerFactory.newFactory(name, maker.make(index, new Options(name, settings, known)));
    }

    /** Known by name alone, without an entry in the index's settings. */
    @Override
    public List<PreConfiguredTokenFilter> getPreConfiguredTokenFilters() {
        return List.of(PreConfiguredTokenFilter.singleton("asciifolding", true, ASCIIFoldingFilter::new));
    }

    @Override
    public List<PreConfiguredTokenizer> getPreConfiguredTokenizers() {
        return List.of(
            PreConfiguredTokenizer.singleton("keyword", KeywordTokenizer::new),
            PreConfiguredTokenizer.singleton("whitespace", WhitespaceTokenizer::new)
        );
    }

    @Override
    public Collection<?> createComponents(PluginServices services) {
        cluster = services.clusterService();
        return List.of();
    }

    @Override
    public Collection<RestHandler> getRestHandlers(
        RestHandlersServices services,
        Supplier<DiscoveryNodes> nodes,
        Predicate<NodeFeature> features
    ) {
        return List.of(new RootHandler(cluster));
    }
}
