package org.sentrydns.server.benchmark;

import java.io.IOException;

/** Sends all queries of a run and returns when each is answered, lost or failed. */
sealed interface Load permits UdpLoad, TcpLoad {

    void run() throws IOException, InterruptedException;
}
