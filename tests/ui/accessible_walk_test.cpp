// The pages one after the other for tests/ui/accessible_walk.py, which looks at them as a screen reader does: from
// outside, over the accessibility bus. Alone it waits for nobody and is not run.

#include <QEventLoop>
#include <functional>
#include <iostream>
#include <string>
#include <thread>

#include "tests/ui/opened.h"
#include "ui/governance/pack_page.h"
#include "ui/governance/pairs_page.h"
#include "ui/governance/posture_page.h"
#include "ui/governance/releases_page.h"
#include "ui/governance/retention_page.h"
#include "ui/governance/users_page.h"
#include "ui/quality/quality_page.h"
#include "ui/shell/desk.h"
#include "ui/shell/governance.h"
#include "ui/shell/retention_work.h"
#include "ui/task/jobs_dialog.h"

using namespace fairlead;
using namespace fairlead::ui;
using made_up::Opened;

namespace {

/// Says that a page is there and waits until the walk over it is done. In an event loop of its own: each question of
/// the walk is answered when it comes.
void show(const char* page) {
    std::cout << "page " << page << std::endl;
    QEventLoop walk;
    std::jthread answer([&walk] {
        std::string line;
        std::getline(std::cin, line);
        QMetaObject::invokeMethod(&walk, [&walk] { walk.exit(0); }, Qt::QueuedConnection);
    });
    walk.exec();
}

struct Stop {
    const char* name;
    std::function<void(Desk&)> go;
};

Governance& governance(Desk& desk) { return *desk.findChild<Governance*>(); }

const std::vector<Stop>& stops() {
    static const std::vector<Stop> all = {
        {"sources", [](Desk& desk) { desk.showSources(); }},
        {"before loading", [](Desk& desk) { desk.preview({"police_6.fxt", "police_7.fxt"}); }},
        {"schools", [](Desk& desk) { desk.showSchools(); }},
        {"all schools counted", [](Desk& desk) { desk.readGlance(); }},
        {"overview", [](Desk& desk) { desk.openSchool({137000}); }},
        {"new indicators", [](Desk& desk) { desk.showNew(); }},
        {"families", [](Desk& desk) { desk.showFamilies(); }},
        {"people", [](Desk& desk) { desk.showPeople(); }},
        {"behind a figure", [](Desk& desk) { desk.openFigure(QStringLiteral("risk_of_neet")); }},
        {"compare", [](Desk& desk) { desk.showCompare(); }},
        {"pupil", [](Desk& desk) { desk.openPupil({2}); }},
        {"how a record joined", [](Desk& desk) { desk.askHowJoined(); }},
        {"indicators", [](Desk& desk) { desk.showRegister(); }},
        {"data quality", [](Desk& desk) { desk.showQuality(); }},
        {"audit log", [](Desk& desk) { desk.showAudit(); }},
        {"protection", [](Desk& desk) { governance(desk).open(governance(desk).posture()); }},
        {"releases", [](Desk& desk) { governance(desk).open(governance(desk).releases()); }},
        {"school counts", [](Desk& desk) { governance(desk).open(governance(desk).pack()); }},
        {"pairs to review", [](Desk& desk) { governance(desk).open(governance(desk).pairs()); }},
        {"users", [](Desk& desk) { desk.showUsers(); }},
        {"recovery sheets", [](Desk& desk) { governance(desk).users()->showPart(2); }},
        {"keys", [](Desk& desk) { governance(desk).users()->showPart(3); }},
        {"retention", [](Desk& desk) { governance(desk).open(governance(desk).retention().page()); }},
        {"handbook", [](Desk& desk) { desk.openHelp(); }},
        {"learn", [](Desk& desk) { desk.openLearning(); }},
        {"jobs", [](Desk& desk) { desk.toggleJobs(); }},
    };
    return all;
}

}  // namespace

TEST_CASE("every page stands still for a walk over the accessibility bus", "[.accessible]") {
    Opened opened;
    for (const Stop& stop : stops()) {
        stop.go(*opened.window.desk());
        opened.settle();
        opened.settle();
        show(stop.name);
    }
    auto* quality = opened.window.findChild<QualityPage*>();
    opened.window.desk()->jobs().close();
    opened.window.desk()->showQuality();
    for (const QualityPart part : qualityParts()) {
        quality->showPart(static_cast<int>(part));
        show("a part of data quality");
    }
    opened.action("Go to or do…")->trigger();
    show("palette");
    opened.window.lock();
    opened.settle();
    show("unlock");
    opened.window.showStart();
    show("start");
    std::cout << "end" << std::endl;
}
