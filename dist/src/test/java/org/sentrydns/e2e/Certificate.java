package org.sentrydns.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A certificate that signs itself, for dns.test, two.test and 127.0.0.1, and a trust store that holds nothing else. Immutable.
 *
 * @param chain the certificate, PEM
 * @param key its key, PEM
 * @param trustStore as Java reads it
 */
record Certificate(Path chain, Path key, Path trustStore) {

    static Certificate make(Path folder) throws IOException, InterruptedException {
        Certificate made = new Certificate(
                folder.resolve("certificate.pem"), folder.resolve("key.pem"), folder.resolve("trust.p12"));
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=dns.test",
                "-addext",
                "subjectAltName=DNS:dns.test,DNS:two.test,IP:127.0.0.1",
                "-keyout",
                made.key.toString(),
                "-out",
                made.chain.toString());
        run(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-importcert",
                "-noprompt",
                "-alias",
                "dns",
                "-storetype",
                "PKCS12",
                "-storepass",
                "password",
                "-file",
                made.chain.toString(),
                "-keystore",
                made.trustStore.toString());
        return made;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Tool.Ran ran = Tool.run(List.of(command));
        assertEquals(0, ran.exit(), ran::text);
    }

    /** For a Java virtual machine that is to trust it. */
    String flags() {
        return "-Djavax.net.ssl.trustStore=" + trustStore + " -Djavax.net.ssl.trustStorePassword=password";
    }
}
