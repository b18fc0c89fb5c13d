#include "pipeline/layout/polynomial.h"

#include <algorithm>
#include <cmath>

namespace dengji::layout {

Polynomial fit_polynomial(const std::vector<double>& x, const std::vector<double>& y,
                          const std::vector<double>& weights, int degree) {
    Polynomial fit;
    if (x.empty()) return fit;
    const auto [low, high] = std::minmax_element(x.begin(), x.end());
    for (double v : x) fit.centre += v;
    fit.centre /= static_cast<double>(x.size());
    fit.span = std::max(1.0, *high - *low);
    const int n = std::min(degree, static_cast<int>(x.size()) - 1) + 1;
    const auto size = static_cast<std::size_t>(n);
    // Normal equations, solved by Gauss with pivots: at most 4 x 4.
    std::vector<std::vector<double>> a(size, std::vector<double>(size + 1));
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double t = (x[i] - fit.centre) / fit.span, w = weights.empty() ? 1 : weights[i];
        std::vector<double> powers(2 * size, 1);
        for (std::size_t k = 1; k < powers.size(); ++k) powers[k] = powers[k - 1] * t;
        for (std::size_t r = 0; r < size; ++r) {
            for (std::size_t c = 0; c < size; ++c) a[r][c] += w * powers[r + c];
            a[r][size] += w * powers[r] * y[i];
        }
    }
    fit.coefficients.assign(size, 0);
    for (std::size_t k = 0; k < size; ++k) {
        std::size_t pivot = k;
        for (std::size_t r = k + 1; r < size; ++r)
            if (std::abs(a[r][k]) > std::abs(a[pivot][k])) pivot = r;
        std::swap(a[k], a[pivot]);
        if (std::abs(a[k][k]) < 1e-12) return n > 1 ? fit_polynomial(x, y, weights, n - 2) : fit;
        for (std::size_t r = k + 1; r < size; ++r) {
            const double f = a[r][k] / a[k][k];
            for (std::size_t c = k; c <= size; ++c) a[r][c] -= f * a[k][c];
        }
    }
    for (std::size_t k = size; k-- > 0;) {
        double sum = a[k][size];
        for (std::size_t c = k + 1; c < size; ++c) sum -= a[k][c] * fit.coefficients[c];
        fit.coefficients[k] = sum / a[k][k];
    }
    return fit;
}

Polynomial fit_robustly(const std::vector<double>& x, const std::vector<double>& y, int degree, double scale,
                        int rounds, int power, std::vector<double> weights) {
    Polynomial fit = fit_polynomial(x, y, weights, degree);
    for (int round = 0; round < rounds; ++round) {
        weights.assign(x.size(), 1);
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double r = (y[i] - fit(x[i])) / scale, w = 1 / (1 + r * r);
            weights[i] = power == 2 ? w * w : w;
        }
        fit = fit_polynomial(x, y, weights, degree);
    }
    return fit;
}

} // namespace dengji::layout
