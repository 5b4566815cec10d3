package org.sentrydns.server.top;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.Optional;

/** Shows the figures of a running server. */
public final class Top {
    private static final int REFRESH_MILLIS = 1000;
    private static final Screen PAPER = new Screen(100, 60);

    private Top() {}

    /**
     * Shows them until q is pressed, or once.
     *
     * @param server where its HTTP side is
     * @param token what it wants to see
     * @param live whether there is a terminal to draw on
     * @param out takes them where there is none
     * @throws IOException if the server does not answer; the message says what to do
     */
    public static void show(URI server, Optional<String> token, boolean live, PrintStream out)
            throws IOException, InterruptedException {
        try (Api api = new Api(server, token)) {
            Figures figures = api.figures();
            if (!live) {
                PAPER.draw(figures).forEach(line -> out.println(line.stripTrailing()));
                return;
            }
            try (Terminal terminal = new Terminal()) {
                do {
                    Screen screen = terminal.screen();
                    terminal.show(screen.draw(api.figures()), screen.rows());
                } while (!Terminal.isQuit(REFRESH_MILLIS));
            }
        }
    }
}
