#include <stdio.h>
#include "gru.c"

int main(void) {
    gru_reset();
    for (int t = 0; t < 20; t++) {
        int8_t x[F];
        for (int k = 0; k < F; k++)
            x[k] = (7 * t + 13 * k) % 101 - 50;
        gru_step(x);
        if (t % 5 < 4) continue;
        printf("%d %d", t + 1, gru_class());
        for (int k = 0; k < 4; k++) printf(" %d", state[k]);
        printf("\n");
    }
    return 0;
}
