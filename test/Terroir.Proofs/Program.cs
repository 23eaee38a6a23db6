using System.Globalization;

namespace Terroir.Proofs;

/// <summary><c>PREFIXES PAIRS RECEIPTS SEED FOLDER</c> writes proofs for <c>samples/verify/judge.go</c> to its output:
/// every tree up to PREFIXES leaves, PAIRS random pairs of trees and RECEIPTS receipts, each with mutations that
/// must be refused; and the receipts to FOLDER, for other verifiers. <c>cedar REQUESTS SEED</c> writes worlds of
/// policies for <c>eng/long/cedar-judge.mjs</c>.</summary>
internal static class Program
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static int Main(string[] arguments)
    {
        if (arguments is ["cedar", var count, var seed])
        {
            using var worlds = new StreamWriter(Console.OpenStandardOutput());
            new JudgedPolicies(new Random(int.Parse(seed, NumberStyles.None, Invariant)), worlds)
                .Write(int.Parse(count, NumberStyles.None, Invariant));
            return 0;
        }

        if (arguments.Length != 5)
        {
            Console.Error.WriteLine("usage: PREFIXES PAIRS RECEIPTS SEED FOLDER, or cedar REQUESTS SEED");
            return 2;
        }

        var numbers = Array.ConvertAll(arguments[..4], text => int.Parse(text, NumberStyles.None, Invariant));
        using var output = new StreamWriter(Console.OpenStandardOutput());
        var random = new Random(numbers[3]);
        var trees = new JudgedTrees(numbers[0], random, output);
        trees.WritePrefixes();
        trees.WritePairs(numbers[1]);
        return new JudgedReceipts(random, output, arguments[4]).Write(numbers[2]) ? 0 : 1;
    }
}
