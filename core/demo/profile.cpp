#include "core/demo/profile.h"

namespace fairlead::demo {

namespace {

// Parents fill in a form, the school office types it.
constexpr Profile kEducation = {.typing = 5'000,
                                .hearing = 1'000,
                                .scanning = 1'500,
                                .nickname = 20'000,
                                .otherSpelling = 10'000,
                                .swappedNames = 2'000,
                                .dayMonthSwapped = 2'000,
                                .wrongDate = 2'500,
                                .placeholderDate = 0,
                                .noDate = 0,
                                .noSex = 1'000,
                                .noMiddleName = 250'000,
                                .keepsOldSurname = 150'000,
                                .knowsFormerName = 500'000,
                                .oldAddress = 60'000,
                                .noAddress = 8'000,
                                .noPostcode = 10'000,
                                .noUprn = 500'000,
                                .shortStreet = 100'000,
                                .plainLetters = 400'000,
                                .upperSurname = false};

// Case workers, over years.
constexpr Profile kSocialCare = {.typing = 12'000,
                                 .hearing = 10'000,
                                 .scanning = 2'000,
                                 .nickname = 40'000,
                                 .otherSpelling = 60'000,
                                 .swappedNames = 4'000,
                                 .dayMonthSwapped = 6'000,
                                 .wrongDate = 7'000,
                                 .placeholderDate = 1'500,
                                 .noDate = 8'000,
                                 .noSex = 6'000,
                                 .noMiddleName = 450'000,
                                 .keepsOldSurname = 120'000,
                                 .knowsFormerName = 700'000,
                                 .oldAddress = 40'000,
                                 .noAddress = 12'000,
                                 .noPostcode = 15'000,
                                 .noUprn = 150'000,
                                 .shortStreet = 150'000,
                                 .plainLetters = 850'000,
                                 .upperSurname = false};

// Forms on paper, many hands.
constexpr Profile kEarlyHelp = {.typing = 18'000,
                                .hearing = 18'000,
                                .scanning = 15'000,
                                .nickname = 90'000,
                                .otherSpelling = 90'000,
                                .swappedNames = 7'000,
                                .dayMonthSwapped = 10'000,
                                .wrongDate = 12'000,
                                .placeholderDate = 4'000,
                                .noDate = 30'000,
                                .noSex = 25'000,
                                .noMiddleName = 750'000,
                                .keepsOldSurname = 250'000,
                                .knowsFormerName = 200'000,
                                .oldAddress = 90'000,
                                .noAddress = 40'000,
                                .noPostcode = 40'000,
                                .noUprn = 600'000,
                                .shortStreet = 300'000,
                                .plainLetters = 900'000,
                                .upperSurname = false};

// NHS numbers, careful dates, few addresses.
constexpr Profile kHealth = {.typing = 7'000,
                             .hearing = 4'000,
                             .scanning = 5'000,
                             .nickname = 20'000,
                             .otherSpelling = 40'000,
                             .swappedNames = 3'000,
                             .dayMonthSwapped = 3'000,
                             .wrongDate = 3'000,
                             .placeholderDate = 0,
                             .noDate = 2'000,
                             .noSex = 4'000,
                             .noMiddleName = 600'000,
                             .keepsOldSurname = 200'000,
                             .knowsFormerName = 100'000,
                             .oldAddress = 100'000,
                             .noAddress = 30'000,
                             .noPostcode = 10'000,
                             .noUprn = 800'000,
                             .shortStreet = 200'000,
                             .plainLetters = 800'000,
                             .upperSurname = false};

// Heard at the door and over the radio.
constexpr Profile kPolice = {.typing = 20'000,
                             .hearing = 26'000,
                             .scanning = 1'000,
                             .nickname = 80'000,
                             .otherSpelling = 100'000,
                             .swappedNames = 9'000,
                             .dayMonthSwapped = 12'000,
                             .wrongDate = 15'000,
                             .placeholderDate = 10'000,
                             .noDate = 35'000,
                             .noSex = 8'000,
                             .noMiddleName = 550'000,
                             .keepsOldSurname = 350'000,
                             .knowsFormerName = 350'000,
                             .oldAddress = 130'000,
                             .noAddress = 60'000,
                             .noPostcode = 60'000,
                             .noUprn = 350'000,
                             .shortStreet = 250'000,
                             .plainLetters = 950'000,
                             .upperSurname = true};

}  // namespace

const Profile& profileOf(Agency agency) {
    switch (agency) {
        case Agency::Education: return kEducation;
        case Agency::SocialCare: return kSocialCare;
        case Agency::EarlyHelp: return kEarlyHelp;
        case Agency::Health: return kHealth;
        case Agency::Police: break;
    }
    return kPolice;
}

}  // namespace fairlead::demo
