using System.Text.RegularExpressions;

namespace Terroir.Ingestion.Quality;

/// <summary>Sentences that give orders to a language model, in French and English.</summary>
/// <remarks>They are told by what an order needs: somebody who is spoken to, rules that are put away, or words that an
/// answer must have. A text about such attacks quotes them and is graded as they are: a person decides.</remarks>
internal static partial class ModelOrders
{
    /// <summary>How many points a whole text can have.</summary>
    internal const int PointsMax = 1_000;

    private const int PlainPoints = 2;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
        | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking;

    /// <summary>Counts what speaks for orders.</summary>
    /// <param name="text">A text as it would be shown to a model.</param>
    /// <returns>2 for each sentence that puts rules away or wears the marks of a prompt, 1 for each that says how an
    /// answer must be; at most <see cref="PointsMax"/>.</returns>
    public static int CountPoints(string text) =>
        Math.Min(PointsMax, (PlainPoints * Plain().Count(text)) + Likely().Count(text));

    [GeneratedRegex(
        // The marks of prompts: templates of chats, titles of instructions. A canonical text has backslashes in them.
        @"<\\?\|(im_start|im_end|system|user|assistant|endoftext|eot_id|begin_of_text|start_header_id)\\?\|>"
        + @"|\[/?INST\\?\]|<</?SYS>>|<start_of_turn>|### *(system|instructions?|consignes?)( prompt)? *:"
        + @"|\b(system|admin|developer) *(override|prompt) *:|\bconsignes? (du|au|de) syst[èe]me *:"
        + @"|\bbegin (trusted|system|hidden) (context|instructions?|prompt)\b"

        // Rules put away.
        + @"|\b(ignore|disregard|forget|override|bypass)\b[^.\n]{0,30}"
        + @"\b(previous|prior|above|earlier|preceding|your|system)\b[^.\n]{0,20}"
        + @"\b(instructions?|prompts?|rules|directions|guidelines)\b"
        + @"|\b(ignore|oublie|n[ée]glige|contourne|annule)[rsz]?\b[^.\n]{0,30}"
        + @"\b(consignes?|instructions?|r[èe]gles|directives)\b[^.\n]{0,20}"
        + @"\b(pr[ée]c[ée]dentes?|ant[ée]rieures?|ci-dessus|du syst[èe]me)\b"
        + @"|\boublie[sz]? (toutes? )?(tes|vos) (consignes?|instructions?|r[èe]gles|directives)\b"

        // Somebody made to be another.
        + @"|\byou are (now|no longer)\b[^.\n]{0,40}\b(assistant|ai|model|mode|rules|restrictions)\b"
        + @"|\b(tu es|vous [êe]tes) (d[ée]sormais|maintenant)\b[^.\n]{0,40}"
        + @"\b(assistant|ia|mod[èe]le|mode|r[èe]gles)\b",
        Options)]
    private static partial Regex Plain();

    [GeneratedRegex(
        // A model that is spoken to.
        @"\b(note|message|consignes?|instructions?|rappel) (à|a|pour|aux?) ?(l['’]|les? )? ?"
        + @"(assistants?|ia|mod[èe]les?|chatbot)\b"
        + @"|\b(assistant|chatbot|language model|llm) *[,:] *(please +)?(for|append|add|include|output|print|repeat"
        + @"|render|reveal|send|always|never|do not|pour|ajoute|affiche|r[ée]p[èe]te|ins[èe]re)\b"
        + @"|\b(call|use|invoke) the [a-z]{1,20} tool with\b"

        // How an answer must be.
        + @"|\b(append|add|include|insert|put)\b[^.\n]{0,30}\b(every|each|your|the) (answer|response|reply)\b"
        + @"|\b(your|every|each) (answer|response|reply)\b[^.\n]{0,30}"
        + @"\b(and|must) (append|add|include|insert|contain)\b"
        + @"|\b(ajoute|ins[èe]re|inclu[st]|termine|commence|mets)\b[^.\n]{0,30}"
        + @"\b(ta|tes|chaque|votre|vos) r[ée]ponses?\b"
        + @"|\bchaque r[ée]ponse (doit )?(contient|contienne|contenir|commence|termine)\b"
        + @"|\b(respond|reply|answer) (only|exclusively) (with|by)\b"
        + @"|\br[ée]pond(s|ez) (uniquement|seulement|exclusivement) (par|avec)\b"
        + @"|\b(repeat|copy|output|print|say|write)\b[^.\n]{0,20}\b(verbatim|word for word)\b|\boutput exactly\b"
        + @"|\b(r[ée]p[èe]te|recopie|[ée]cris|affiche|dis)\b[^.\n]{0,20}"
        + @"\b(mot pour mot|exactement|sans guillemets|textuellement)\b"
        + @"|\bdis toujours *:|\balways say *:|\bonly write *:|\bas the administrator i order\b"
        + @"|\bthe user has already (agreed|consented)\b"
        + @"|\bl['’]utilisateur a d[ée]j[àa] (accept[ée]|consenti)\b"

        // That nobody shall hear of it.
        + @"|\bdo not (mention|reveal|tell|disclose)\b[^.\n]{0,30}"
        + @"\b(this|these) (sentence|instructions?|message)\b"
        + @"|\bne (mentionne|r[ée]v[èe]le|dis|cite)[sz]? (pas|jamais)\b[^.\n]{0,30}"
        + @"\b(cette phrase|ce message|ces? (consignes?|instructions?))\b",
        Options)]
    private static partial Regex Likely();
}
