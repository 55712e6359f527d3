// The test program's own main: one QApplication without a display for all tests.

#include <catch2/catch_session.hpp>

#include "tests/ui/watched_application.h"
#include "ui/style/look.h"

int main(int argc, char** argv) {
    // The walk over the accessibility bus brings a display of its own.
    if (!qEnvironmentVariableIsSet("FAIRLEAD_TEST_DISPLAY")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    fairlead::test::WatchedApplication application(argc, argv);
    fairlead::ui::installLook(application);
    return Catch::Session().run(argc, argv);
}
