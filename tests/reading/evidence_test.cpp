#include "pipeline/reading/evidence.h"

#include "pipeline/reading/acceptance.h"

#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

Evidence some() {
    Evidence evidence;
    evidence.recogniser = 0.9;
    evidence.legibility = 0.9;
    return evidence;
}

TEST(Evidence, StaysBetweenZeroAndOne) {
    for (const double recogniser : {0.0, 0.5, 1.0})
        for (const bool agrees : {false, true})
            for (const Support support : {Support::against, Support::none, Support::for_it})
                for (const double score : {0.0, 0.7, 1.0}) {
                    Evidence evidence;
                    evidence.recogniser = recogniser;
                    evidence.second_agrees = evidence.word_agrees = agrees;
                    evidence.support = support;
                    evidence.word_score = evidence.word_margin = score;
                    evidence.print_likeness = evidence.weakest_likeness = score;
                    const double confidence = confidence_of(evidence);
                    EXPECT_GE(confidence, 0);
                    EXPECT_LE(confidence, 1);
                }
}

TEST(Evidence, MoreSupportNeverLowersConfidence) {
    Evidence evidence = some();
    const double alone = confidence_of(evidence);
    evidence.second_agrees = true;
    const double agreed = confidence_of(evidence);
    evidence.support = Support::for_it;
    const double supported = confidence_of(evidence);
    EXPECT_LE(alone, agreed);
    EXPECT_LE(agreed, supported);
}

TEST(Evidence, OneReadingAloneIsNeverAccepted) {
    Evidence evidence = some();
    evidence.recogniser = 1;
    EXPECT_FALSE(Acceptance{}.accepts("health", confidence_of(evidence)));
}

TEST(Evidence, WhatARuleSpeaksAgainstIsNeverAccepted) {
    Evidence evidence = some();
    evidence.recogniser = 1;
    evidence.second_agrees = evidence.word_agrees = true;
    evidence.word_score = evidence.word_margin = evidence.print_likeness = evidence.weakest_likeness = 1;
    evidence.support = Support::against;
    EXPECT_FALSE(Acceptance{}.accepts("health", confidence_of(evidence)));
}

TEST(Evidence, AWrongLookingLineIsNotAcceptedHoweverSureTheReader) {
    Evidence evidence = some();
    evidence.recogniser = 0.99;
    evidence.second_agrees = true;
    evidence.print_likeness = 0.9;
    evidence.weakest_likeness = 0.9;
    EXPECT_TRUE(Acceptance{}.accepts("health", confidence_of(evidence)));
    evidence.weakest_likeness = 0.1;
    EXPECT_FALSE(Acceptance{}.accepts("health", confidence_of(evidence)));
    evidence.print_likeness = evidence.weakest_likeness = 0;
    EXPECT_FALSE(Acceptance{}.accepts("health", confidence_of(evidence)));
}

} // namespace
} // namespace dengji::reading
