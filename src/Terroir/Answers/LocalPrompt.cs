using Terroir.Answers.Sections;
using Terroir.Models;
using Terroir.Retrieval;

namespace Terroir.Answers;

/// <summary>Writes prompts that fit the context of a model of this machine.</summary>
/// <remarks>The context holds the rules, the question, an answer, and what is left of passages: the best first, the one
/// that does not fit whole with some of its sentences. Equal passages, question and model give equal prompts.</remarks>
/// <param name="model">The model.</param>
/// <param name="limits">The settings.</param>
internal sealed class LocalPrompt(LocalModel model, ModelsOptions limits)
{
    /// <summary>An answer has room for one in this many tokens of a small context.</summary>
    internal const int AnswerShare = 4;

    /// <summary>How often passages are chosen anew: sections that are counted one by one can be some tokens more
    /// together.</summary>
    internal const int AttemptCountMax = 4;

    /// <summary>Writes a prompt.</summary>
    /// <param name="request">The question.</param>
    /// <param name="hits">The hits, best first; at least one.</param>
    /// <param name="documents">What stands around them.</param>
    /// <exception cref="ModelLimitException">Not even one sentence fits.</exception>
    /// <exception cref="TokenizerUnusableException">The model cannot read conversations.</exception>
    public PassagePrompt Write(
        AskRequest request,
        IReadOnlyList<PassageHit> hits,
        IReadOnlyDictionary<(CollectionId, DocumentId), DocumentPassages> documents)
    {
        var words = AnswerWords.For(request);
        var allowed = model.Context - Math.Min(limits.OutputTokensMax, model.Context / AnswerShare);
        var needed = model.CountTokens(PassagePrompt.Write(request, []).Messages);
        var room = allowed - needed;
        for (var attempt = 0; attempt < AttemptCountMax && room > 0; attempt++)
        {
            var prompt = PassagePrompt.Write(
                request,
                SectionChoice.Choose(
                    hits,
                    documents,
                    PromptRoom.Of(limits) with
                    {
                        TokensMax = room,
                        CountTokens = text => model.CountTokens([PassagePrompt.Frame(text)]),
                        TakesParts = true,
                    },
                    words));
            needed = model.CountTokens(prompt.Messages);
            if (prompt.Sections.Count > 0 && needed <= allowed)
            {
                return prompt;
            }

            room -= Math.Max(needed - allowed, 1);
        }

        throw new ModelLimitException(ModelLimit.Context, Math.Max(needed, allowed + 1), allowed);
    }
}
