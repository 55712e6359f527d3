// Text that can be selected with the mouse must not be dragged out of the window: into a mail, or another program.

#pragma once

class QLabel;
class QPlainTextEdit;
class QTextEdit;

namespace fairlead::ui {

/// A press on selected text starts a new selection instead of a drag. Copying by key and menu is as before.
void keepFromDragging(QLabel& label);
/// The same for a field of several lines.
void keepFromDragging(QPlainTextEdit& field);
/// The same for a text that is read: a chapter, a definition.
void keepFromDragging(QTextEdit& text);

}  // namespace fairlead::ui
