// The test program's own main: one QApplication without a display for all tests.

#include <QApplication>

#include <catch2/catch_session.hpp>

#include "ui/style/look.h"

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    fairlead::ui::installLook(application);
    return Catch::Session().run(argc, argv);
}
