"""How well are the poems predicted by counts, beside which the nets of `gpu_poems` stand?"""

import gpu_poems
import kernel_counts

SETTINGS = kernel_counts.SETTINGS | {
    "text": gpu_poems.SETTINGS["text"],
    "characters": [10**7, 10**6],  # by value
}
make_runs, forecast = kernel_counts.make_runs, kernel_counts.forecast


def main(argv=None):
    """Run the experiment with the harness's options."""
    kernel_counts.main(argv, __file__, SETTINGS)


if __name__ == "__main__":
    main()
