using Terroir.Documents;

namespace Terroir.Web;

/// <summary>The words for quality in English.</summary>
internal static class EnglishQualityWords
{
    public static QualityText All { get; } = new()
    {
        Console = ConsoleText.English,
        Title = "Quality of the documents",
        Summary = "Documents that answer: {0:N0}, of which {1:P0} have grade A or B.",
        SummaryHeld = "Files that a rule holds, so that they do not answer: {0:N0}.",
        SummaryUnread = "Files that could not be read: {0:N0}.",
        SummaryUngraded = "Documents without a grade so far: {0:N0}. 'terroir retry' grades them.",
        GradesTitle = "Grades by axis",
        Axis = "Axis",
        Overall = "Overall",
        None = "no grade",
        CoverageTitle = "What became of the files",
        Found = "Found",
        Ignored = "Ignored",
        Warned = "of which listed as poor",
        Released = "of which let through by a person",
        Held = "Held",
        Former = "of which former version kept",
        Unread = "Not read",
        FixesTitle = "What to fix first",
        FixesHint = "By effect: the gain is the sum of the grades that the documents would rise.",
        Fix = "What to do",
        Finding = "Finding",
        Effect = "Gain",
        WorstTitle = "The worst documents",
        WorstEmpty = "No document has a grade below A.",
        HeldTitle = "Held files",
        HeldHint = "Mend the file; the next reading judges it anew. To let it through as it is: 'terroir "
            + "quality release SOURCE PATH'.",
        HeldFormer = "Its former version still answers.",
        Document = "Document",
        Grade = "Grade",
        FirstFix = "To do first",
        TrendTitle = "Trend",
        TrendHint = "Share of the documents with grade A or B, day by day.",
        TrendEmpty = "The trend can be read from two days on.",
        Day = "Day",
        Documents = "Documents",
        Points = "Mean (A = 4, E = 0)",
        KeyTitle = "The grades",
        Axes = new Dictionary<QualityAxis, string>
        {
            [QualityAxis.Readability] = "readability",
            [QualityAxis.Metadata] = "metadata",
            [QualityAxis.Freshness] = "freshness",
            [QualityAxis.Duplication] = "duplication",
            [QualityAxis.Structure] = "structure",
            [QualityAxis.Sensitivity] = "sensitivity known",
            [QualityAxis.Poisoning] = "poisoning",
        },
        Grades = new Dictionary<QualityGrade, string>
        {
            [QualityGrade.A] = "nothing to do",
            [QualityGrade.B] = "good, could be better",
            [QualityGrade.C] = "usable, worth a look",
            [QualityGrade.D] = "poor: check answers from it",
            [QualityGrade.E] = "unfit",
        },
        Verdicts = new Dictionary<QualityVerdict, string>
        {
            [QualityVerdict.Index] = "indexed",
            [QualityVerdict.Warn] = "indexed, listed as poor",
            [QualityVerdict.Hold] = "held",
            [QualityVerdict.Released] = "let through by a person",
        },
        Findings = new Dictionary<string, FindingText>(StringComparer.Ordinal)
        {
            ["odd-characters"] = new(
                "unreadable characters",
                "{0:P1} unreadable characters",
                "Export the file again from the program that made it, or scan it better."),
            ["wrong-encoding"] = new(
                "wrongly decoded letters (Ã©)",
                "{0:P1} wrongly decoded letters (Ã©)",
                "Save the file again as UTF-8 from the original."),
            ["implausible-words"] = new(
                "words that are none",
                "{0:P0} of the words are none",
                "Scan again at 300 dots per inch and straight, or provide the original file."),
            ["word-length"] = new(
                "words too short or too long",
                "{0:N1} letters in a word",
                "Provide the original file: spaces were lost or added when the text was taken out."),
            ["confidence"] = new(
                "uncertain reading",
                "reading certain to {0:P0} only",
                "Scan again at 300 dots per inch and straight, or provide the original file."),
            ["empty-pages"] = new(
                "pages without text",
                "{0:P0} of the pages without text",
                "Have the scanned pages recognised, or provide the original file."),
            ["reader-warnings"] = new(
                "parts not read",
                "{0:N0} warning(s) of the reader",
                "Open the file, mend what the reader reports, and save it again."),
            ["title-missing"] = new(
                "no title",
                "no title",
                "Give it a title: in the properties of the file, or as a first heading."),
            ["name-empty"] = new(
                "file name that says nothing",
                "file name that says nothing",
                "Rename the file after what it contains."),
            ["format-without-properties"] = new(
                "neither author nor date in the file",
                "neither author nor date in the file",
                "If author and date matter, write them at the top of the text or keep the office file."),
            ["author-missing"] = new(
                "no author",
                "no author",
                "Fill in the Author field in the properties of the file."),
            ["date-missing"] = new(
                "no date",
                "no date",
                "Save the file with a program that keeps its date, or add one to the properties."),
            ["language-unknown"] = new(
                "unknown language",
                "unknown language",
                "State the language in the properties of the file."),
            ["old"] = new(
                "old",
                "unchanged for {0:N0} days",
                "Review it: confirm it by saving it again, or archive it outside the source."),
            ["age-unknown"] = new(
                "age unknown",
                "age unknown",
                "Give the file its date of change."),
            ["expired"] = new(
                "expired",
                "expired {0:N0} days ago",
                "Replace it by the version in force, or take it out of the source."),
            ["expires-soon"] = new(
                "expires soon",
                "expires in {0:N0} days",
                "Prepare the version that replaces it."),
            ["has-copies"] = new(
                "older copies",
                "{0:N0} older copies",
                "Keep this document and delete its copies, if their readers may read it."),
            ["is-older-copy"] = new(
                "copy of a newer document",
                "copy; {0:N0} other(s) with the same text",
                "Delete this copy, if its readers may read the newest."),
            ["has-versions"] = new(
                "older versions",
                "{0:N0} older versions",
                "Archive the older versions outside the source."),
            ["is-older-version"] = new(
                "older version",
                "older version; {0:N0} other(s) nearly the same",
                "Archive this version outside the source, if a newer one replaces it."),
            ["nearly-empty"] = new(
                "nearly empty",
                "{0:N0} word(s) only",
                "Complete the document, or take it out of the source; if it is a picture of text, scan it "
                    + "with recognition."),
            ["headings-missing"] = new(
                "no headings",
                "{0:N0} words without a heading",
                "Add headings with the styles Heading 1, Heading 2: a passage is then understood by itself."),
            ["headings-rare"] = new(
                "too few headings",
                "{0:N0} words in a row without a heading",
                "Add headings in the long parts."),
            ["table-headers-missing"] = new(
                "tables without a header row",
                "{0:N0} table(s) without a header row",
                "Mark the first row of each table as its header."),
            ["cut-off"] = new(
                "text that ends within a sentence",
                "text that ends within a sentence",
                "Check that the file is complete, and replace it if it was cut off."),
            ["open-although-labelled"] = new(
                "open to everyone despite its label",
                "open to everyone despite its label",
                "Restrict its readers, or correct its label."),
            ["open-although-marked"] = new(
                "open to everyone, marked confidential",
                "open to everyone, marked confidential",
                "Restrict its readers, or give it a label."),
            ["nobody-reads"] = new(
                "nobody may read it",
                "nobody may read it",
                "Give it readers, or take it out of the source."),
            ["open-without-label"] = new(
                "open to everyone, without a label",
                "open to everyone, without a label",
                "Label it “public” if that is meant; else restrict its readers."),
            ["label-missing"] = new(
                "without a label",
                "without a label",
                "Give it a label: public, interne, confidentiel or secret."),
            ["orders"] = new(
                "orders to a model",
                "orders to a model ({0:N0} point(s))",
                "Read the document: who wrote it, and why? Take these sentences out, or the document of the source."),
            ["concealed-characters"] = new(
                "characters that hide text",
                "{0:N0} character(s) that hide text",
                "Ask its author for the original file: the eye does not see all that this one holds."),
            ["hidden-pieces"] = new(
                "hidden text",
                "{0:N0} piece(s) of hidden text, not read",
                "Show hidden text in the program, then delete it or make it visible."),
        },
    };
}
