#include "pipeline/layout/seal.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace dengji::layout {
namespace {

constexpr double pixels_per_em = 4; // of the reduced picture that is searched, about

/// A circle as points around its centre.
class Ring {
public:
    static constexpr int sectors = 8;
    static constexpr int points_per_sector = 12;
    /// Every sector is inked at least this much, a pixel of tolerance allowed.
    static constexpr double closed = 0.6;
    static constexpr int most_missed = static_cast<int>((1 - closed) * points_per_sector);

    explicit Ring(double radius) {
        for (size_t i = 0; i < points_.size(); ++i) {
            const double turn = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(points_.size());
            points_[i] = {cvRound(radius * std::cos(turn)), cvRound(radius * std::sin(turn))};
        }
    }

    struct Cover {
        double seen = 0;  ///< share of the ring that lies in the picture
        double inked = 0; ///< share of what is seen
        double worst = 0; ///< the least inked of the eight sectors, of those that are seen
    };

    /// Gives up, with what was seen so far, at the first sector that is inked less than `least`.
    Cover cover(const cv::Mat& ink, const cv::Point& centre, double least = 0) const {
        Cover cover{0, 0, 1};
        for (int sector = 0; sector < sectors; ++sector) {
            int seen = 0;
            int inked = 0;
            for (int i = 0; i < points_per_sector; ++i) {
                look(ink, centre + point(sector, i), seen, inked);
            }
            if (seen > 0) {
                cover.worst = std::min(cover.worst, inked / static_cast<double>(seen));
            }
            if (cover.worst < least) {
                return cover;
            }
            cover.seen += seen;
            cover.inked += inked;
        }
        cover.inked /= std::max(1.0, cover.seen);
        cover.seen /= sectors * points_per_sector;
        return cover;
    }

    const cv::Point& point(int sector, int i) const {
        return points_[static_cast<size_t>(sector * points_per_sector + i)];
    }

private:
    static void look(const cv::Mat& ink, const cv::Point& p, int& seen, int& inked) {
        if (p.x >= 0 && p.y >= 0 && p.x < ink.cols && p.y < ink.rows) {
            ++seen;
            inked += ink.ptr<uchar>(p.y)[p.x] != 0 ? 1 : 0;
        }
    }

    std::array<cv::Point, sectors * points_per_sector> points_{};
};

/// A picture of bits, one row in 64-bit words, with everything beyond its edges set.
class BitPicture {
public:
    BitPicture(const cv::Mat& ink, int border) : border_(border), rows_(ink.rows + 4 * border) {
        words_ = static_cast<size_t>((ink.cols + 4 * border + 63) / 64 + 1);
        bits_.assign(words_ * static_cast<size_t>(rows_), ~std::uint64_t{0});
        for (int y = 0; y < ink.rows; ++y) {
            const uchar* row = ink.ptr<uchar>(y);
            for (int x = 0; x < ink.cols; ++x) {
                if (row[x] == 0) {
                    const auto at = static_cast<size_t>(x + 2 * border);
                    line(y)[at / 64] &= ~(std::uint64_t{1} << (at % 64));
                }
            }
        }
    }

    /// Where 64 pixels begin, from a corner that moves by whole words and rows.
    struct Place {
        std::ptrdiff_t word = 0;
        int shift = 0;
        /// The pixels, counted from the corner.
        std::uint64_t pixels(const std::uint64_t* corner) const {
            return (corner[word] >> shift) | (corner[word + 1] << 1 << (63 - shift));
        }
    };

    /// The place of `offset` from a corner at (x, …); both may lie up to two borders outside.
    Place place(const cv::Point& offset, int x) const {
        const int bit = x + offset.x + 2 * border_;
        return {static_cast<std::ptrdiff_t>(offset.y) * static_cast<std::ptrdiff_t>(words_) + bit / 64, bit % 64};
    }

    /// The corner at row y, from which places are counted; the next 64 columns begin a word later.
    const std::uint64_t* corner(int y) const { return line(y); }

private:
    std::uint64_t* line(int y) { return bits_.data() + static_cast<size_t>(y + 2 * border_) * words_; }
    const std::uint64_t* line(int y) const { return bits_.data() + static_cast<size_t>(y + 2 * border_) * words_; }

    int border_;
    int rows_;
    size_t words_ = 0;
    std::vector<std::uint64_t> bits_;
};

/// The ink by blocks: 255 where at least a sixth of the block is inked.
cv::Mat reduced(const cv::Mat& ink, int block) {
    cv::Mat reduced(ink.rows / block, ink.cols / block, CV_8UC1);
    std::vector<uchar> columns(static_cast<size_t>(ink.cols));
    for (int y = 0; y < reduced.rows; ++y) {
        std::fill(columns.begin(), columns.end(), uchar{0});
        for (int i = 0; i < block; ++i) {
            const uchar* row = ink.ptr<uchar>(y * block + i);
            for (size_t x = 0; x < columns.size(); ++x) {
                columns[x] = static_cast<uchar>(columns[x] + row[x]);
            }
        }
        uchar* out = reduced.ptr<uchar>(y);
        for (int x = 0; x < reduced.cols; ++x) {
            int sum = 0;
            for (int i = 0; i < block; ++i) {
                sum += columns[static_cast<size_t>(x * block + i)];
            }
            out[x] = sum * 6 >= block * block ? 255 : 0;
        }
    }
    return reduced;
}

/// Adds bits of the same worth: the sum's bit of that worth, and the one of twice as much.
struct Sum {
    std::uint64_t one, two;
    Sum(std::uint64_t a, std::uint64_t b) : one(a ^ b), two(a & b) {}
    Sum(std::uint64_t a, std::uint64_t b, std::uint64_t c) : one(a ^ b ^ c), two((a & b) | (c & (a ^ b))) {}
};

/// Where more than four of twelve bits are set, for 64 of them side by side.
std::uint64_t more_than_four(const std::array<std::uint64_t, 12>& bits) {
    const Sum a(bits[0], bits[1], bits[2]), b(bits[3], bits[4], bits[5]), c(bits[6], bits[7], bits[8]),
        d(bits[9], bits[10], bits[11]);
    const Sum abc(a.one, b.one, c.one), ones(abc.one, d.one);
    const Sum first(a.two, b.two, c.two), second(d.two, abc.two, ones.two), twos(first.one, second.one);
    const Sum fours(first.two, second.two, twos.two);
    return fours.two | (fours.one & (ones.one | twos.one));
}

/// Finds centres whose ring can be closed, 64 at a time.
class CentreSearch {
public:
    /// The centres looked at begin at column `left`.
    CentreSearch(const BitPicture& ink, const Ring& ring, int left) : ink_(ink) {
        for (int sector = 0; sector < Ring::sectors; ++sector) {
            for (int i = 0; i < Ring::points_per_sector; ++i) {
                at(sector, i) = ink.place(ring.point(sector, i), left);
            }
        }
    }

    /// Of 64 centres in row y, `words` words right of the left one, those that are possible. Quick to say no: a look at
    /// one point of each sector, of which one may miss the ink, then at the sectors one after the other, until no
    /// centre is left.
    std::uint64_t possible(int y, int words) const {
        static_assert(Ring::points_per_sector == 12 && Ring::most_missed == 4);
        const std::uint64_t* corner = ink_.corner(y) + words;
        std::uint64_t missed_once = 0, possible = ~std::uint64_t{0};
        for (int sector = 0; sector < Ring::sectors; ++sector) {
            const std::uint64_t missed = ~at(sector, 0).pixels(corner);
            possible &= ~(missed_once & missed);
            missed_once |= missed;
            if (possible == 0) {
                return 0;
            }
        }
        for (int sector = 0; sector < Ring::sectors && possible != 0; ++sector) {
            std::array<std::uint64_t, Ring::points_per_sector> missed;
            for (int i = 0; i < Ring::points_per_sector; ++i) {
                missed[static_cast<size_t>(i)] = ~at(sector, i).pixels(corner);
            }
            possible &= ~more_than_four(missed);
        }
        return possible;
    }

private:
    BitPicture::Place& at(int sector, int i) {
        return places_[static_cast<size_t>(sector * Ring::points_per_sector + i)];
    }
    const BitPicture::Place& at(int sector, int i) const {
        return places_[static_cast<size_t>(sector * Ring::points_per_sector + i)];
    }

    const BitPicture& ink_;
    std::array<BitPicture::Place, Ring::sectors * Ring::points_per_sector> places_;
};

/// One of each heap of candidates.
std::vector<Seal> clearest(std::vector<Seal> candidates) {
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Seal& a, const Seal& b) { return a.contrast > b.contrast; });
    std::vector<Seal> seals;
    for (const Seal& candidate : candidates) {
        const bool apart = std::all_of(seals.begin(), seals.end(), [&](const Seal& seal) {
            return cv::norm(seal.centre - candidate.centre) > 0.7 * seal.radius;
        });
        if (apart) {
            seals.push_back(candidate);
        }
    }
    return seals;
}

} // namespace

bool Seal::touches(const cv::Rect2d& area) const {
    const double dx = std::max({area.x - centre.x, 0.0, centre.x - area.br().x});
    const double dy = std::max({area.y - centre.y, 0.0, centre.y - area.br().y});
    return std::hypot(dx, dy) < 1.06 * radius;
}

std::vector<Seal> find_seals(const cv::Mat& ink, double em, int table_width) {
    const double smallest = 0.1 * table_width / em; // radii in ems
    const double largest = 0.155 * table_width / em;
    constexpr double step = 0.2;
    constexpr double beside = 0.7;           // ems from the ring to the circles it is compared with
    constexpr double contrast = 0.55;        // text and tables have less
    constexpr double partial_contrast = 0.6; // a part of a ring is met by chance more easily
    if (ink.empty() || em < 8) {
        return {};
    }
    const int block = std::max(2, cvRound(em / pixels_per_em));
    const double in_ems = em / block; // pixels of the reduced picture to the em
    const cv::Mat small = reduced(ink, block);
    cv::Mat wide;
    cv::dilate(small, wide, cv::Mat::ones(3, 3, CV_8U));
    const int border = cvRound((largest + 1) * in_ems);
    const BitPicture bits(wide, border + 64);
    std::vector<Seal> found;
    for (double radius = smallest; radius <= largest; radius += step) {
        const Ring ring(radius * in_ems);
        const Ring outside((radius + beside) * in_ems);
        const Ring inside((radius - beside) * in_ems);
        const Ring further_in((radius - 2 * beside) * in_ems); // a second ring may lie just inside the first
        const int beyond = cvRound(radius * in_ems * 0.25);    // the centre may lie outside the table
        const CentreSearch centres(bits, ring, -beyond);
        for (int y = -beyond; y < small.rows + beyond; ++y) {
            const int end = small.cols + beyond;
            for (int left = -beyond; left < end; left += 64) {
                const std::uint64_t wanted =
                    end - left >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << (end - left)) - 1;
                for (std::uint64_t possible = wanted & centres.possible(y, (left + beyond) / 64); possible != 0;
                     possible &= possible - 1) {
                    const cv::Point centre(left + std::countr_zero(possible), y);
                    const Ring::Cover near = ring.cover(wide, centre, Ring::closed);
                    if (near.worst < Ring::closed || near.seen < 0.42) {
                        continue;
                    }
                    const double value =
                        0.5 * (near.inked + ring.cover(small, centre).inked) -
                        std::max(outside.cover(small, centre).inked,
                                 std::min(inside.cover(small, centre).inked, further_in.cover(small, centre).inked));
                    if (value > (near.seen > 0.9 ? contrast : partial_contrast)) {
                        found.push_back(
                            {cv::Point2d((centre.x + 0.5) * block, (centre.y + 0.5) * block), radius * em, value});
                    }
                }
            }
        }
    }
    return clearest(std::move(found));
}

} // namespace dengji::layout
