package portal.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * One Elasticsearch node on the loopback address: Launcher FOLDER PORT (0 for any that is free).
 *
 * The system property es.path.home names the folder with lib, modules, plugins and config. Data and logs go
 * to FOLDER; FOLDER/logs/http.ports tells the address. The node stops on SIGTERM and when its standard input
 * ends, so that it never outlives whoever started it. The vendor's own launcher is not used: it starts a
 * second process, wants the vendor's distribution around it and refuses root.
 */
public final class Launcher {
    private static final String NAME = "portal";
    private static final int CLOSE_SECONDS = 10;

    private Launcher() {}

    public static void main(String[] arguments) {
        try {
            Path home = Path.of(System.getProperty("es.path.home")).toAbsolutePath();
            Node node = prepare(home, settings(home, Path.of(arguments[0]).toAbsolutePath(), arguments[1]));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node), "close"));
            node.start();
            while (System.in.read() != -1) {
                // Nothing is said there; its end is the message.
            }
            System.exit(0);
        } catch (Throwable problem) {
            problem.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static Settings settings(Path home, Path folder, String port) {
        return Settings.builder()
            .put("path.home", home.toString())
            .put("path.data", folder.resolve("data").toString())
            .put("path.logs", folder.resolve("logs").toString())
            .put("cluster.name", NAME)
            .put("node.name", NAME)
            .put("node.portsfile", true)
            .put("network.host", "127.0.0.1")
            .put("http.port", port)
            .put("transport.port", "0")
            .put("discovery.type", "single-node")
            // A full disk of the machine is not what the tests are about.
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .build();
    }

    /** In the order of the vendor's launcher: logging first, since the first class of a module wants a logger. */
    private static Node prepare(Path home, Settings settings) throws Exception {
        LogConfigurator.registerErrorListener();
        LogConfigurator.configureESLogging();
        Files.createDirectories(Path.of(settings.get("path.logs")));
        Environment environment =
            InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), home.resolve("config"), () -> NAME);
        LogConfigurator.setClusterName(NAME);
        LogConfigurator.setNodeName(NAME);
        LogConfigurator.configure(environment, true);
        var modules = PluginsLoader.loadModulesBundles(environment.modulesDir(), false);
        var plugins = PluginsLoader.loadPluginsBundles(environment.pluginsDir(), false);
        return new Node(environment, PluginsLoader.createPluginsLoader(modules, plugins, Map.of()));
    }

    private static void close(Node node) {
        try {
            node.prepareForClose();
            node.close();
            node.awaitClose(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception problem) {
            problem.printStackTrace();
        }
    }
}
