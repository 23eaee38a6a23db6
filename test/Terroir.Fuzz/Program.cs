using SharpFuzz;

namespace Terroir.Fuzz;

/// <summary><c>instrument FOLDER</c> prepares the assemblies of a copy of this program; <c>read EXTENSION</c> reads
/// what <c>afl-fuzz</c> makes up, as a file of that name; <c>prove KIND</c> as a proof of that kind; <c>weigh
/// FORMAT</c> as weights of a model; <c>cut EXTENSION</c> as a vocabulary of that name; <c>policy KIND</c> as
/// policies, a schema or entities.</summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["instrument", var folder]:
                Instrumentation.Run(folder);
                return 0;
            case ["read", var extension]:
                // In a process of its own: one that overflows its stack is a finding too, and the next one goes on.
                Fuzzer.OutOfProcess.Run(content => FuzzedFile.Read(content, $"file.{extension}"));
                return 0;
            case ["prove", var kind]:
                Fuzzer.OutOfProcess.Run(content => FuzzedProof.Read(content, kind));
                return 0;
            case ["weigh", var format]:
                Fuzzer.OutOfProcess.Run(content => FuzzedWeights.Read(content, format));
                return 0;
            case ["cut", var extension]:
                Fuzzer.OutOfProcess.Run(content => FuzzedVocabulary.Read(content, extension[1..]));
                return 0;
            case ["policy", var kind]:
                Fuzzer.OutOfProcess.Run(content => FuzzedPolicy.Read(content, kind));
                return 0;
            default:
                Console.Error.WriteLine(
                    "usage: instrument FOLDER, cut .EXTENSION, policy KIND, prove KIND, read EXTENSION, weigh FORMAT");
                return 2;
        }
    }
}
