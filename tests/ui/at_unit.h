// A window over a real workspace in which each role is another person's.

#pragma once

#include <QComboBox>
#include <QDialog>
#include <QTest>

#include <catch2/catch_test_macros.hpp>

#include "app/desktop/open_session.h"
#include "app/desktop/workspace_session.h"
#include "tests/core/workspace/unit_fixture.h"
#include "tests/support/results.h"
#include "tests/ui/in_page.h"
#include "ui/shell/desk.h"
#include "ui/shell/governance.h"
#include "ui/shell/main_window.h"
#include "ui/shell/notice_bar.h"
#include "ui/style/passphrase_edit.h"
#include "ui/style/text_label.h"

namespace fairlead::ui::made_up {

/// A window over the small town's workspace, whoever sits before it.
struct AtUnit {
    test::Unit unit;
    std::string who;
    MainWindow window{makers()};

    AtUnit() {
        window.resize(1366, 768);
        window.show();
    }
    SessionMakers makers() {
        SessionMakers made;
        made.open = [this](const std::filesystem::path& folder, const crypto::Secret& passphrase,
                           const std::string&) -> Result<std::shared_ptr<Session>> {
            const auto policy = access::KdfPolicy::forTests();
            const workspace::Resources& resources = unit.fixture.resources;
            FAIRLEAD_TRY(auto opened,
                         workspace::Workspace::open(folder, {passphrase, who}, resources, unit.fixture.clock, policy));
            FAIRLEAD_TRY(auto gateways, extract::GatewayRegister::load(resources.folder / "gateways"));
            return std::make_shared<desktop::WorkspaceSession>(std::move(opened), std::move(gateways), policy);
        };
        made.users = [](const std::filesystem::path& folder) {
            std::vector<std::string> names;
            for (const access::Principal& user : test::valueOf(workspace::users(folder)).principals) {
                if (user.active) {
                    names.push_back(user.name);
                }
            }
            return names;
        };
        made.recover = [this](const std::filesystem::path& folder, const RecoveryWanted& wanted) {
            return desktop::recoverBySheets(folder, wanted, *unit.fixture.clock, access::KdfPolicy::forTests());
        };
        return made;
    }
    void sit(const std::string& name) {
        if (window.desk() != nullptr) {
            window.lock();
        }
        unit.fixture.workspace.reset();
        who = name;
        window.unlock(unit.fixture.path, test::passphraseOf(name));
        REQUIRE(QTest::qWaitFor([this] { return window.desk() != nullptr; }));
        settle();
    }
    void settle() {
        REQUIRE(QTest::qWaitFor([this] { return !window.isBusy(); }, 20'000));
        QTest::qWait(10);
    }
    Governance& governance() const { return *window.desk()->findChild<Governance*>(); }
    template <typename P>
    P* open(P* page) {
        governance().open(page);
        settle();
        return page;
    }
    /// The second person types.
    static void sign(QWidget& form, const QString& name, const std::string& typed) {
        auto* list = child<QComboBox>(form, "Second person");
        REQUIRE(list != nullptr);
        REQUIRE(list->findText(name) >= 0);
        list->setCurrentIndex(list->findText(name));
        QTest::keyClicks(child<PassphraseEdit>(form, "Passphrase of the second person"), QString::fromStdString(typed));
    }
    static std::string passphraseOf(const std::string& name) { return std::string(test::passphraseOf(name).view()); }
    QString notice() const { return window.findChild<NoticeBar*>()->words(); }
    access::Principal user(const std::string& name) const {
        const auto face = test::valueOf(workspace::users(unit.fixture.path));
        for (const access::Principal& one : face.principals) {
            if (one.name == name) {
                return one;
            }
        }
        return {};
    }
    /// Everything that stands in a table of any page.
    QStringList cells() const {
        QStringList all;
        for (const DataTable* table : window.desk()->tables()) {
            for (const TableRow& row : table->content().rows) {
                for (const TableCell& cell : row.cells) {
                    all << cell.text;
                }
            }
        }
        return all;
    }
};

/// What a form says below its title.
inline QString said(const QDialog& form) { return form.findChildren<TextLabel*>()[1]->text(); }

}  // namespace fairlead::ui::made_up
