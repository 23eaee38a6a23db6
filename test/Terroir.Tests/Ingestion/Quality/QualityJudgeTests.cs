using System.Text;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Ingestion.Quality;

namespace Terroir.Tests.Ingestion.Quality;

public sealed class QualityJudgeTests
{
    private const string French =
        "Le service de la régie tient à jour l'inventaire des clés et des badges. Chaque agent signe le registre au "
        + "moment de la remise, puis au moment du retour. En cas de perte, il prévient la sécurité sans attendre, et "
        + "le badge est rendu inactif dans l'heure. Un duplicata est établi sur demande écrite du chef de service. Les "
        + "badges provisoires sont valables pour la journée et se retirent au poste de sécurité du rez-de-chaussée.";

    private const string Polish =
        "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni obdarzeni rozumem i "
        + "sumieniem i powinni postępować wobec innych w duchu braterstwa. Każdy człowiek posiada wszystkie prawa i "
        + "wolności zawarte w niniejszej Deklaracji bez względu na jakiekolwiek różnice rasy, koloru, płci, języka, "
        + "wyznania, poglądów politycznych i innych, narodowości, pochodzenia społecznego, majątku, urodzenia lub "
        + "jakiegokolwiek innego stanu. Nie wolno ponadto czynić żadnej różnicy w zależności od sytuacji politycznej.";

    private static readonly DateOnly Today = new(2026, 11, 26);
    private static readonly AccessList Open = new([AccessList.Everyone], []);
    private static readonly AccessList Team = new(["group:rh"], []);

    [Fact]
    public void Clean_text_is_readable() => Assert.Equal(QualityGrade.A, Readability(French));

    [Fact]
    public void Text_that_was_decoded_with_the_wrong_table_is_unfit()
    {
        var bytes = Encoding.UTF8.GetBytes(French);

        Assert.Equal(QualityGrade.E, Readability(Encoding.Latin1.GetString(bytes)));
    }

    [Fact]
    public void Replacement_characters_count_by_their_share()
    {
        Assert.Equal(QualityGrade.B, Readability(French + "\uFFFD"));
        Assert.Equal(QualityGrade.D, Readability(French.Replace('é', '\uFFFD')));
        Assert.Equal(QualityGrade.E, Readability(French.Replace('e', '\uFFFD')));
    }

    [Fact]
    public void A_language_that_is_not_known_here_is_never_unfit_for_its_words() =>
        Assert.InRange(Readability(Polish)!.Value, QualityGrade.A, QualityGrade.D);

    [Fact]
    public void Letters_that_are_all_moved_along_the_alphabet_are_unfit()
    {
        var moved = string.Concat(French.Select(letter =>
            letter is >= 'a' and <= 'z' ? (char)('a' + ((letter - 'a' + 5) % 26)) : letter));

        Assert.Equal(QualityGrade.E, Readability(moved));
    }

    [Fact]
    public void Letters_that_mean_nothing_are_poor_also_where_one_word_is_one_of_another_language()
    {
        const string Text =
            "Every badge is given out at the desk on the day of arrival, and every agent signs for it in the book "
            + "that lies there. When a badge is lost the desk is told without delay, and the badge is blocked within "
            + "the hour. A second one is made when the head of the unit asks for it in writing and says why.";
        var moved = string.Concat(Text.Select(letter => letter is >= 'a' and <= 'z'
            ? (char)('a' + ((letter - 'a' + 11) % 26)) : letter));

        Assert.Equal(QualityGrade.D, Readability($"{moved} {moved} Y"));
    }

    [Fact]
    public void A_text_in_another_language_that_is_known_is_not_judged_by_letter_pairs() => Assert.Equal(
        QualityGrade.A,
        Readability(string.Concat(Enumerable.Repeat(
            "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y "
            + "conciencia, deben comportarse fraternalmente los unos con los otros. ",
            3))));

    [Theory]
    [InlineData(1.0, QualityGrade.A)]
    [InlineData(0.8, QualityGrade.B)]
    [InlineData(0.65, QualityGrade.C)]
    [InlineData(0.4, QualityGrade.D)]
    [InlineData(0.2, QualityGrade.E)]
    public void The_confidence_of_the_reader_is_a_grade(double confidence, QualityGrade grade) =>
        Assert.Equal(grade, Readability(French, [new PageReading(1, confidence)]));

    [Fact]
    public void Pages_without_text_are_poor_and_never_unfit()
    {
        PageReading[] pages =
            [new(1, 1), .. Enumerable.Range(2, 9).Select(page => new PageReading(page, 0))];

        Assert.Equal(QualityGrade.D, Readability(French, pages));
    }

    [Fact]
    public void A_few_words_are_too_few_to_judge_by() => Assert.Equal(QualityGrade.A, Readability("Xqzj wvkh bdfg."));

    [Fact]
    public void Each_thing_that_a_document_does_not_state_costs_a_grade()
    {
        var office = Measure(French, mediaType: "application/pdf", path: "scan0001.pdf");
        var stated = Measure(
            French,
            mediaType: "application/pdf",
            path: "scan0001.pdf",
            title: "Badges",
            authors: ["Régie"],
            modifiedAt: new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(
            ["title-missing", "name-empty", "author-missing", "date-missing"],
            Judge(office).Axes[1].Findings.Select(finding => finding.Code),
            StringComparer.Ordinal);
        Assert.Equal((QualityGrade.E, QualityGrade.A), (Judge(office).Axes[1].Grade, Judge(stated).Axes[1].Grade));
    }

    [Theory]
    [InlineData("scan0001.pdf", true)]
    [InlineData("IMG_2031.jpg", true)]
    [InlineData("Document1.docx", true)]
    [InlineData("sans titre.odt", true)]
    [InlineData("2024-03-12.pdf", true)]
    [InlineData("badges.pdf", false)]
    [InlineData("note-12.pdf", false)]
    [InlineData("test-covid.pdf", false)]
    public void A_name_that_says_nothing_is_known(string path, bool isEmpty) =>
        Assert.Equal(isEmpty ? 1 : 0, Measure(French, path: path)["empty-name"]);

    [Theory]
    [InlineData(100, null, QualityGrade.A)]
    [InlineData(731, null, QualityGrade.B)]
    [InlineData(1_500, null, QualityGrade.C)]
    [InlineData(3_000, null, QualityGrade.D)]
    [InlineData(6_000, null, QualityGrade.E)]
    [InlineData(100, -1, QualityGrade.E)]
    [InlineData(100, 5, QualityGrade.C)]
    [InlineData(100, 300, QualityGrade.A)]
    public void Age_and_the_end_of_validity_are_judged_on_the_day(int age, int? left, QualityGrade grade)
    {
        var day = Today.DayNumber - new DateOnly(1970, 1, 1).DayNumber;
        var evidence = new Dictionary<string, double>(StringComparer.Ordinal) { ["changed-day"] = day - age };
        if (left is not null)
        {
            evidence["valid-until-day"] = day + left.Value;
        }

        Assert.Equal(grade, Judge(evidence).Axes[2].Grade);
    }

    [Theory]
    [InlineData("", true, false, QualityGrade.C)]
    [InlineData("", false, false, QualityGrade.B)]
    [InlineData("", true, true, QualityGrade.E)]
    [InlineData("", false, true, QualityGrade.B)]
    [InlineData("public", true, false, QualityGrade.A)]
    [InlineData("secret", true, false, QualityGrade.E)]
    [InlineData("secret", false, true, QualityGrade.A)]
    public void Labels_marks_and_readers_must_agree(string label, bool isOpen, bool isMarked, QualityGrade grade)
    {
        var evidence = Measure(isMarked ? "CONFIDENTIEL – RH\n\n" + French : French);

        Assert.Equal(grade, Judge(evidence, label, isOpen ? Open : Team).Axes[5].Grade);
    }

    [Fact]
    public void Running_text_may_speak_of_confidential_things()
    {
        var evidence = Measure("Un dossier est confidentiel par nature, et le secret médical s'impose à tous.");

        Assert.Equal(0, evidence["marked"]);
    }

    [Fact]
    public void Long_text_without_headings_is_hard_to_place()
    {
        Assert.Equal(QualityGrade.A, Judge(Measure(French)).Axes[4].Grade);
        Assert.Equal(QualityGrade.C, Judge(Measure(Repeat(30))).Axes[4].Grade);
        Assert.Equal(QualityGrade.D, Judge(Measure(Repeat(100))).Axes[4].Grade);

        static string Repeat(int count) => string.Join("\n\n", Enumerable.Repeat(French, count));
    }

    [Fact]
    public void Nothing_makes_up_for_a_text_that_cannot_be_read()
    {
        foreach (var readability in Enum.GetValues<QualityGrade>())
        {
            var judgement = Judge(new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["confidence"] = readability switch
                {
                    QualityGrade.A => 1,
                    QualityGrade.B => 0.8,
                    QualityGrade.C => 0.65,
                    QualityGrade.D => 0.4,
                    _ => 0.1,
                },
                ["title"] = 2,
                ["language"] = 1,
                ["longest-run"] = 10,
                ["text-words"] = 100,
                ["changed-day"] = 20_000,
            }, "public");

            Assert.Equal(readability, judgement.Axes[0].Grade);
            Assert.True(judgement.Overall >= readability - 1 || readability == QualityGrade.A);
            Assert.Equal(readability == QualityGrade.E, judgement.Overall == QualityGrade.E);
        }
    }

    // Evidence at both ends of every measure, with and without labels, readers and copies.
    [Fact]
    public void Every_finding_has_a_code_that_is_listed()
    {
        string[] measures =
        [
            .. typeof(Evidence).GetFields().Select(field => (string)field.GetRawConstantValue()!),
            "text-words",
            "file-size",
        ];
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in new[] { 0, 0.3, 1, 12, 60, 700, 20_000, 1_000_000 })
        {
            foreach (var other in new[] { 0, 1, 20_790 })
            {
                var evidence = measures.ToDictionary(
                    code => code,
                    code => code.Length % 2 == 0 ? value : other,
                    StringComparer.Ordinal);
                foreach (var (label, access) in new[]
                {
                    ("", Open), ("secret", Open), ("", Team), ("", AccessList.Nobody), ("public", Open),
                })
                {
                    found.UnionWith(Judge(evidence, label, access).Axes.SelectMany(axis => axis.Findings)
                        .Select(finding => finding.Code));
                }
            }
        }

        Assert.Subset(QualityCodes.All.ToHashSet(StringComparer.Ordinal), found);
        Assert.True(found.Count > 15, string.Join(' ', found));
    }

    [Fact]
    public void What_all_fixes_together_gain_is_what_is_lost()
    {
        var judgement = Judge(Measure(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(French)), path: "scan1.txt"));

        var effects = judgement.Axes.Sum(axis => axis.Findings.Sum(finding =>
            axis.Axis is QualityAxis.Metadata ? 0 : QualityJudge.EffectOf(judgement, axis, finding)));
        var metadata = judgement.Axes[1].Findings.Sum(finding =>
            QualityJudge.EffectOf(judgement, judgement.Axes[1], finding));

        Assert.Equal(QualityJudge.Loss(judgement), effects + metadata, 9);
    }

    private static QualityGrade? Readability(string text, IReadOnlyList<PageReading>? pages = null) =>
        Judge(Measure(text, pages: pages)).Axes[0].Grade;

    private static QualityJudgement Judge(
        IReadOnlyDictionary<string, double> evidence,
        string label = "",
        AccessList? access = null) =>
        QualityJudge.Judge(
            new QualitySubject(evidence, label, access ?? Open, Today, QualityRule.DefaultFreshDays),
            QualityRule.Default);

    private static IReadOnlyDictionary<string, double> Measure(
        string text,
        string mediaType = "text/plain",
        string path = "badges.txt",
        string? title = null,
        IReadOnlyList<string>? authors = null,
        DateTimeOffset? modifiedAt = null,
        IReadOnlyList<PageReading>? pages = null)
    {
        var place = new SourcePlace { Page = 1 };
        var read = new ExtractedDocument
        {
            MediaType = mediaType,
            Reader = "test",
            Title = title,
            Authors = authors ?? [],
            ModifiedAt = modifiedAt,
            Pages = pages ?? [],
            Blocks = [.. text.Split("\n\n").Select(part => new ParagraphBlock(part, place))],
        };
        var file = new SourceFile(new CollectionId("documents"), "source", path, DateTimeOffset.UnixEpoch, Open, "");
        var prepared = DocumentPreparer.Prepare(file, read, Encoding.UTF8.GetBytes(text))!;
        return QualityJudge.Measure(new MeasuredDocument(path, read, prepared));
    }
}
