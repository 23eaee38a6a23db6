using CsCheck;
using Terroir.Inference.Onnx.Sampling;

namespace Terroir.Inference.Onnx.Tests.Sampling;

public sealed class StopScannerTests
{
    [Fact]
    public void However_a_text_is_cut_it_ends_before_the_stop_string_that_is_complete_first() =>
        Gen.Select(Gen.Char["ab"].Array[0, 30], Gen.Char["ab"].Array[1, 4].Array[0, 3], Gen.Int[1, 4]).Sample(
            (letters, stopLetters, size) =>
            {
                var text = new string(letters);
                string[] stops = [.. stopLetters.Select(stop => new string(stop))];
                var (end, isStopped) = FirstComplete(text, stops);
                var scanner = new StopScanner(stops);
                var shown = string.Empty;
                foreach (var piece in letters.Chunk(size))
                {
                    shown += scanner.Append(new string(piece));
                    if (scanner.IsStopped)
                    {
                        break;
                    }
                }

                shown += scanner.Flush();

                Assert.Equal(text[..end], shown, StringComparer.Ordinal);
                Assert.Equal(isStopped, scanner.IsStopped);
            },
            iter: 3_000,
            threads: 1);

    // Grows the text letter by letter until it ends with a stop string.
    private static (int End, bool IsStopped) FirstComplete(string text, string[] stops)
    {
        for (var length = 1; length <= text.Length; length++)
        {
            var met = stops.Where(stop => text[..length].EndsWith(stop, StringComparison.Ordinal)).ToArray();
            if (met.Length > 0)
            {
                return (length - met.Max(stop => stop.Length), true);
            }
        }

        return (text.Length, false);
    }

    [Fact]
    public void Text_that_begins_no_stop_string_is_shown_at_once() =>
        Assert.Equal("hello", new StopScanner(["bye"]).Append("hello"));
}
