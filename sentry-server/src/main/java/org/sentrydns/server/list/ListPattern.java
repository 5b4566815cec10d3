package org.sentrydns.server.list;

import org.sentrydns.server.regex.NamePattern;

/** A regular expression of a list, searched in a name. Thread-safe. */
record ListPattern(NamePattern pattern, Meaning meaning, int line) {}
