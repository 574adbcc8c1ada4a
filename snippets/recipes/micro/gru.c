#include "gru.h"

static int16_t state[H];  // 32768 is 1

static int32_t affine(const int8_t *w, int32_t a, int shift,
                      const int8_t *x, int n) {
    for (int k = 0; k < n; k++) a += w[k] * x[k];
    return a >> shift;  // 256 is 1
}

static int32_t sigmoid(int32_t a) {  // 32767 is 1
    a = (a >> 4) + 128;
    return table[a < 0 ? 0 : a > 255 ? 255 : a];
}

static void bytes(int8_t *h) {
    for (int k = 0; k < H; k++) h[k] = state[k] >> 8;
}

void gru_reset(void) {
    for (int k = 0; k < H; k++) state[k] = 0;
}

void gru_step(const int8_t *x) {
    int8_t h[H];
    bytes(h);
    for (int k = 0; k < H; k++) {
        int32_t i[3], j[3];
        for (int g = 0; g < 3; g++) {
            int m = g * H + k;
            const int8_t *v = x_w + m * F, *u = h_w + m * H;
            i[g] = affine(v, x_b[m], x_shift, x, F);
            j[g] = affine(u, h_b[m], h_shift, h, H);
        }
        int32_t r = sigmoid(i[0] + j[0]);
        int32_t z = sigmoid(i[1] + j[1]);
        int32_t a = i[2] + ((r * j[2]) >> 15);
        int32_t n = 2 * sigmoid(2 * a) - 32767;
        state[k] = n + ((z * (state[k] - n)) >> 15);
    }
}

int gru_class(void) {
    int8_t h[H];
    bytes(h);
    int best = 0;
    int32_t most = INT32_MIN;
    for (int c = 0; c < C; c++) {
        const int8_t *w = y_w + c * H;
        int32_t y = affine(w, y_b[c], y_shift, h, H);
        if (y > most) most = y, best = c;
    }
    return best;
}
