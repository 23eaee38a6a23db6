using System.Diagnostics;

namespace Terroir.Answers;

/// <summary>The steps of an answer, for who waits for the whole.</summary>
internal static class AnswerSteps
{
    /// <summary>Reads the steps up to the whole answer.</summary>
    /// <param name="steps">The steps: texts, then the whole.</param>
    public static async Task<Answer> ReadAnswerAsync(this IAsyncEnumerable<AnswerEvent> steps)
    {
        await foreach (var step in steps)
        {
            if (step is AnswerDone done)
            {
                return done.Answer;
            }
        }

        throw new UnreachableException("An answer ends with the whole.");
    }
}
