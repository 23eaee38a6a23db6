using System.Collections;
using System.Collections.Concurrent;

namespace Terroir.Inference.Onnx.Sampling;

/// <summary>The texts in which a square bracket opens only to cite one of the passages 1 to
/// <paramref name="passages"/>, as an automaton over characters. Its states are <see cref="Outside"/>, and inside a
/// bracket the number so far: 0 before its first digit.</summary>
/// <param name="texts">The vocabulary.</param>
/// <param name="passages">How many passages there are; 0 forbids brackets.</param>
internal sealed class CitationGrammar(TokenTexts texts, int passages)
{
    /// <summary>The state outside a bracket, in which an answer begins and may end.</summary>
    public const int Outside = -1;

    private const int Refused = -2;

    private readonly ConcurrentDictionary<int, BitArray> _allowed = new();

    /// <summary>How many passages there are.</summary>
    public int Passages => passages;

    /// <summary>Returns the tokens that may come next, one bit for each.</summary>
    public BitArray Allowed(int state) => _allowed.GetOrAdd(state, Find);

    /// <summary>Returns the state after a token that was allowed.</summary>
    public int Next(int state, int token) => Read(state, texts[token]);

    private BitArray Find(int state)
    {
        var allowed = new BitArray(texts.Count);
        for (var token = 0; token < texts.Count; token++)
        {
            allowed[token] = texts.EndTokens.Contains(token)
                ? state == Outside
                : (state == Outside || texts[token].Length > 0) && Read(state, texts[token]) != Refused;
        }

        return allowed;
    }

    private int Read(int state, string text)
    {
        foreach (var character in text)
        {
            state = Read(state, character);
            if (state == Refused)
            {
                break;
            }
        }

        return state;
    }

    private int Read(int state, char character)
    {
        if (state == Outside)
        {
            return character switch
            {
                '[' when passages > 0 => 0,
                '[' => Refused,
                _ => Outside,
            };
        }

        // A number grows only while it is that of a passage; a first digit 0 never is.
        return character switch
        {
            ']' when state > 0 => Outside,
            >= '0' and <= '9' when (state * 10) + character - '0' is > 0 and var number && number <= passages => number,
            _ => Refused,
        };
    }
}
