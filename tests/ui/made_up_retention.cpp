// Until when the made-up deliveries may be kept.

#include <algorithm>

#include "tests/ui/made_up.h"

namespace fairlead::ui::made_up {

namespace {

custody::DeliveryEnd endOf(std::int64_t id, const std::string& agency, const std::string& dataset, int daysLeft) {
    custody::DeliveryEnd end;
    end.delivery = {id};
    end.agency = agency;
    end.dataset = dataset;
    end.sequence = id;
    end.load = {id};
    end.period = {asAt() - 90, asAt()};
    end.agreementRef = "DSA 12";
    end.rows = 4200 * id;
    end.retainUntil = asAt() + daysLeft;
    end.daysLeft = daysLeft;
    end.isDue = daysLeft < 0;
    return end;
}

}  // namespace

RetentionContent retention() {
    RetentionContent content;
    content.deliveries = {endOf(1, "education", "school_roll", -41), endOf(2, "education", "school_roll", 24),
                          endOf(3, "police", "police_records", -1),
                          endOf(4, "social_care", "childrens_social_care", 0)};
    content.deliveries[0].isReplaced = true;
    content.deliveries.push_back(endOf(5, "social_care", "childrens_social_care", -70));
    content.deliveries.back().purgedOn = asAt() - 60;
    content.deliveries.back().isDue = false;
    custody::PastPurge past;
    past.number = 1;
    past.atMs = (asAt() - 60).days * std::int64_t{86'400'000};
    past.doneBy = "Stan";
    past.second = "Olive";
    past.reason = "the agreement ended in April";
    past.deliveries = {"social_care/childrens_social_care number 5"};
    past.rowsWent = 18204;
    past.intent = 811;
    past.done = 812;
    content.purges = {past};
    content.users = users();
    content.users.self = "02";
    content.mayPurge = true;
    content.mayBackUp = true;
    return content;
}

custody::PurgePreview purgePreview() {
    custody::PurgePreview preview;
    const auto all = retention().deliveries;
    preview.deliveries = {all[0], all[2]};
    preview.core = {{"fact", {1204, 88200}}, {"roll", {310, 5100}}, {"source_person", {12, 5412}}, {"run", {0, 4}}};
    preview.identity = {{"name", {15, 5600}}, {"address", {21, 7100}}};
    preview.figures = {
        {"missing", "Missing episodes", {{asAt() - 300, asAt() - 60}}, false},
        {"risk_of_neet", "Risk of NEET", {{asAt() - 300, asAt() - 200}, {asAt() - 30, Date::never()}}, true}};
    return preview;
}

Result<std::shared_ptr<const RetentionContent>> MadeUpSession::retention(TaskContext& task) {
    FAIRLEAD_OK(ask(task, "read when deliveries end"));
    calls.emplace_back("retention");
    return std::make_shared<const RetentionContent>(isEmpty() ? RetentionContent() : ends);
}

Result<std::shared_ptr<const custody::PurgePreview>> MadeUpSession::previewPurge(
    const std::vector<record::DeliveryId>& deliveries, TaskContext& task) {
    FAIRLEAD_OK(ask(task, "purge deliveries"));
    calls.push_back("preview purge of " + std::to_string(deliveries.size()));
    return std::make_shared<const custody::PurgePreview>(purgePreview());
}

Result<custody::PurgeReport> MadeUpSession::purge(const PurgeOrder& order, TaskContext& task) {
    task.begin(Phase::Writing, 100);
    FAIRLEAD_OK(ask(task, "purge deliveries"));
    if (order.secondPassphrase && order.secondPassphrase->view() != "right") {
        return fail(ErrorCode::WrongKey, order.second);
    }
    calls.push_back("purge of " + std::to_string(order.deliveries.size()) + " with " + order.second + ": " +
                    order.reason);
    for (custody::DeliveryEnd& delivery : ends.deliveries) {
        if (std::ranges::find(order.deliveries, delivery.delivery) != order.deliveries.end()) {
            delivery.purgedOn = asAt();
            delivery.isDue = false;
        }
    }
    ends.purges.insert(ends.purges.begin(), ends.purges.front());
    ends.purges.front().number = 2;
    return custody::PurgeReport{2, purgePreview(), 0.1};
}

Result<custody::Backup> MadeUpSession::backUp(const std::filesystem::path& folder, TaskContext& task) {
    FAIRLEAD_OK(ask(task, "back up the workspace"));
    calls.push_back("back up to " + folder.string());
    return custody::Backup{0, {}, std::vector<custody::BackedUpFile>(8)};
}

Result<std::filesystem::path> MadeUpSession::writeCertificate(std::int64_t purge, const std::filesystem::path& file) {
    calls.push_back("certificate " + std::to_string(purge));
    return file;
}

}  // namespace fairlead::ui::made_up
