// Print level, text and note of each node of a map, read by Freeplane's own reader (without a window).
import java.io.*;
import java.nio.charset.StandardCharsets;
import org.freeplane.core.util.HtmlUtils;
import org.freeplane.features.map.*;
import org.freeplane.features.map.mindmapmode.MMapModel;
import org.freeplane.features.mode.Controller;
import org.freeplane.features.mode.mindmapmode.MModeController;
import org.freeplane.features.note.NoteModel;
import org.freeplane.main.headlessmode.FreeplaneHeadlessStarter;

public class ReadMap {
    static String line(String text) {
        return text.replaceAll("\\s", " ");
    }

    static void show(PrintStream out, NodeModel node, int level) {
        String text = node.getText(), note = NoteModel.getNoteText(node);
        String plain = note == null ? "" : HtmlUtils.htmlToPlain(note).replaceAll("[\\s\u00a0\ufffd]+", " ").trim();
        if (HtmlUtils.isHtmlNode(text) || text.startsWith("=") || text.startsWith("\\") || plain.startsWith("="))
            throw new IllegalStateException("not shown as text: " + text + " / " + plain);
        out.println(level + "\t" + line(text) + "\t" + plain);
        for (NodeModel child : node.getChildren()) show(out, child, level + 1);
    }

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, "UTF-8");
        FreeplaneHeadlessStarter starter = new FreeplaneHeadlessStarter();
        Controller controller = starter.createController();
        starter.createModeControllers(controller);
        controller.selectModeForBuild(controller.getModeController(MModeController.MODENAME));
        Reader in = new InputStreamReader(new FileInputStream(args[0]), StandardCharsets.UTF_8);
        MapReader reader = controller.getModeController().getMapController().getMapReader();
        show(out, reader.createNodeTreeFromXml(new MMapModel(), in, MapWriter.Mode.FILE), 0);
        out.flush();
        Runtime.getRuntime().halt(0); // its threads would keep it running
    }
}
