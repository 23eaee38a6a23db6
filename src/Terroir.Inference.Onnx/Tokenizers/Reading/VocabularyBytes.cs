using System.Text.Json;

namespace Terroir.Inference.Onnx.Tokenizers.Reading;

/// <summary>Opens vocabulary files, and gives every fault of one its name.</summary>
internal static class VocabularyBytes
{
    /// <summary>Reads a whole file.</summary>
    /// <exception cref="TokenizerUnusableException">It is not there or too large.</exception>
    public static byte[] Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new TokenizerUnusableException(file.Name, TokenizerProblem.Missing);
        }

        return file.Length <= TokenizerLimits.FileSizeMaxBytes
            ? File.ReadAllBytes(path)
            : throw new TokenizerUnusableException(file.Name, TokenizerProblem.TooLarge);
    }

    /// <summary>Runs a reader of a file.</summary>
    /// <exception cref="TokenizerUnusableException">The reader found a fault.</exception>
    public static T Guard<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (VocabularyFault fault)
        {
            throw new TokenizerUnusableException(file, fault.Problem, Shorten(fault.Subject), fault.InnerException);
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or EndOfStreamException
            or FormatException or OverflowException

            // What the JSON reader says of a text that is no UTF-8, or of an escaped half of a surrogate pair.
            or InvalidOperationException)
        {
            throw new TokenizerUnusableException(file, TokenizerProblem.Malformed, subject: null, exception);
        }
    }

    private static string? Shorten(string? subject) => subject is { Length: > 80 } ? $"{subject[..80]}..." : subject;
}
