/**
 * What a person is told, one class for each fact: its sentences, which terminal, page and document
 * have in common. No colours, no markup, no layout.
 */
@NullMarked
package dev.landfall.runners.view;

import org.jspecify.annotations.NullMarked;
