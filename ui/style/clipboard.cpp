#include "ui/style/clipboard.h"

#include <QApplication>
#include <QClipboard>
#include <QMimeData>

namespace fairlead::ui {

namespace {

/// What this program put there. As long as it is there, the clipboard gives this very object back.
class OwnCopy final : public QMimeData {};

void put(OwnCopy* content) {
    // What password managers say; KDE's Klipper, GPaste and CopyQ then keep no copy.
    content->setData(QStringLiteral("x-kde-passwordManagerHint"), QByteArrayLiteral("secret"));
    QApplication::clipboard()->setMimeData(content);
}

}  // namespace

void copyText(const QString& text) {
    auto* content = new OwnCopy;
    content->setText(text);
    put(content);
}

void copyPicture(const QImage& picture) {
    auto* content = new OwnCopy;
    content->setImageData(picture);
    put(content);
}

void forgetCopies() {
    QClipboard* clipboard = QApplication::clipboard();
    // What a field copied by itself is ours too, where the platform says so.
    if (clipboard->ownsClipboard() || dynamic_cast<const OwnCopy*>(clipboard->mimeData()) != nullptr) {
        clipboard->clear(QClipboard::Clipboard);
    }
    if (clipboard->supportsSelection() && clipboard->ownsSelection()) {
        clipboard->clear(QClipboard::Selection);
    }
}

}  // namespace fairlead::ui
