#include "core/demo/manifests.h"

#include <utility>

#include <fmt/format.h>

namespace fairlead::demo {

namespace {

struct Terms {
    std::vector<std::string> gateways;
    std::string regime;
    std::string lawfulBasis;
    std::string knownGaps;
};

Terms termsOf(Agency agency) {
    const std::string task = "UK GDPR Article 6(1)(e); Article 9(2)(g) with DPA 2018 Schedule 1 paragraph 18";
    switch (agency) {
        case Agency::Education:
            return {{"children_act_2004_s10", "education_act_2002_s175", "education_and_skills_act_2008_s68"},
                    "uk_gdpr",
                    task,
                    "Summer term attendance is supplied after the term. Independent schools and home education are "
                    "missing."};
        case Agency::SocialCare:
            return {
                {"children_act_1989_s17", "children_act_1989_s47", "children_act_2004_s10", "children_act_2004_s11"},
                "uk_gdpr",
                task,
                "Children placed here by other authorities are missing."};
        case Agency::EarlyHelp:
            return {{"children_act_2004_s10", "children_act_2004_s11"},
                    "uk_gdpr",
                    task,
                    "Support by voluntary bodies is missing."};
        case Agency::Health:
            return {{"children_act_2004_s10", "children_act_2004_s11"},
                    "uk_gdpr",
                    task,
                    "Open and closed referrals only; no content."};
        case Agency::Police: break;
    }
    return {
        {"children_act_2004_s10", "children_act_2004_s11", "common_law_policing", "crime_and_disorder_act_1998_s115"},
        "dpa_part_3",
        "DPA 2018 section 35(2)(b); Schedule 8 paragraph 4",
        "Incidents that schools deal with under the schools protocol are mostly missing."};
}

}  // namespace

extract::Manifest draftManifest(const Delivery& delivery, std::string previousSha256) {
    auto terms = termsOf(delivery.agency);
    extract::Manifest manifest;
    manifest.agency = agencyId(delivery.agency);
    manifest.dataset = datasetId(delivery.agency);
    manifest.sequence = delivery.sequence;
    manifest.previousManifestSha256 = std::move(previousSha256);
    manifest.periodFrom = delivery.periodFrom;
    manifest.periodUntil = delivery.periodUntil;
    manifest.dataAsAt = delivery.dataAsAt;
    manifest.extractedOn = delivery.extractedOn;
    // Far away on purpose: the demo is to load for years.
    manifest.retainUntil = *Date::fromCivil(2031, 12, 31);
    manifest.purpose = "safeguarding_review";
    manifest.regime = terms.regime;
    manifest.gateways = std::move(terms.gateways);
    manifest.agreementRef = "DEMO-ISA-1";
    manifest.dpiaRef = "DEMO-DPIA-1";
    manifest.lawfulBasis = std::move(terms.lawfulBasis);
    manifest.contact = "Invented: nobody answers for these data";
    manifest.knownGaps = std::move(terms.knownGaps);
    // The police may hold a person under two numbers; the others say that they do not.
    manifest.onePersonPerRow = delivery.agency != Agency::Police;
    return manifest;
}

std::string extractName(const Delivery& delivery) {
    return fmt::format("{}_{}_{:03}", agencyId(delivery.agency), datasetId(delivery.agency), delivery.sequence);
}

}  // namespace fairlead::demo
