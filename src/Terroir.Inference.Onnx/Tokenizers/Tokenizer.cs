using System.Text;
using System.Text.RegularExpressions;

namespace Terroir.Inference.Onnx.Tokenizers;

/// <summary>Runs the steps of a vocabulary file.</summary>
internal sealed class Tokenizer : ITokenizer
{
    private readonly TokenizerParts _parts;
    private readonly HashSet<int> _control;
    private readonly AddedTokenMatcher _raw;
    private readonly AddedTokenMatcher _normalized;

    public Tokenizer(TokenizerParts parts)
    {
        _parts = parts;
        _control = [.. parts.AddedTokens.Where(token => token.IsControl).Select(token => token.Id)];
        var tokens = parts.AddedTokens.ToLookup(token => token.IsNormalized && parts.Normalizer is not null);
        _raw = new AddedTokenMatcher(tokens[false], content => content);
        _normalized = new AddedTokenMatcher(
            tokens[true],
            content => AlignedText.Text(parts.Normalizer!.Normalize(AlignedText.Of(content))));
        EndIds = [.. parts.EndIds.Distinct().Order()];
    }

    public int VocabularySize => _parts.Vocabulary.Count;

    public int? BeginningId => _parts.BeginningId;

    public IReadOnlyList<int> EndIds { get; }

    public string? ChatTemplate => _parts.ChatTemplate;

    public int? Find(string token) => _parts.Vocabulary.Find(token);

    public IReadOnlyList<Token> Encode(string text, EncodeOptions options = EncodeOptions.None)
    {
        var isTemplate = options.HasFlag(EncodeOptions.ReadControl);
        var tokens = Cut(text, (_, _) => isTemplate);
        return options.HasFlag(EncodeOptions.AddControl) ? Fill(_parts.Template.Single, tokens, []).Tokens : tokens;
    }

    public (IReadOnlyList<Token> Tokens, IReadOnlyList<int> Segments) EncodeInput(
        string first,
        string? second,
        int tokensMax)
    {
        var template = second is null ? _parts.Template.Single : _parts.Template.Pair;
        var room = Math.Max(0, tokensMax - template.Count(item => item.Part == TemplatePart.Control));
        var one = Keep(Cut(first, (_, _) => false), room);
        return Fill(template, one, second is null ? [] : Keep(Cut(second, (_, _) => false), room - one.Count));
    }

    public IReadOnlyList<Token> EncodeParts(IReadOnlyList<TextPart> parts)
    {
        var templates = new List<(int Start, int End)>();
        var offset = 0;
        foreach (var part in parts)
        {
            var end = offset + Encoding.UTF8.GetByteCount(part.Text);
            if (part.IsTemplate)
            {
                templates.Add((offset, end));
            }

            offset = end;
        }

        return Cut(
            string.Concat(parts.Select(part => part.Text)),
            (start, end) => templates.Exists(template => template.Start <= start && end <= template.End));
    }

    public string Decode(IEnumerable<int> ids)
    {
        var decoder = CreateDecoder();
        return string.Concat([.. ids.Select(decoder.Add), decoder.Flush()]);
    }

    public TokenDecoder CreateDecoder() => new(Write, _parts.Spelling.IsFirstSpaceDropped);

    private static List<Token> Keep(List<Token> tokens, int count) =>
        tokens.Count <= count ? tokens : tokens[..count];

    private static (List<Token> Tokens, List<int> Segments) Fill(
        IReadOnlyList<TemplateItem> template,
        List<Token> first,
        List<Token> second)
    {
        var tokens = new List<Token>(first.Count + second.Count + template.Count);
        var segments = new List<int>(tokens.Capacity);
        var end = 0;
        foreach (var item in template)
        {
            var texts = item.Part switch
            {
                TemplatePart.First => first,
                TemplatePart.Second => second,
                _ => [new Token(item.Id, end, end)],
            };
            tokens.AddRange(texts);
            segments.AddRange(Enumerable.Repeat(item.Segment, texts.Count));
            end = texts.Count > 0 ? texts[^1].End : 0;
        }

        return (tokens, segments);
    }

    private byte[] Write(int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, VocabularySize);
        return _control.Contains(id) ? [] : _parts.Spelling.Write(_parts.Vocabulary[id]);
    }

    private List<Token> Cut(string text, Func<int, int, bool> isTemplate)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > TokenizerLimits.TextLengthMax)
        {
            throw new ArgumentException(
                $"A text has at most {TokenizerLimits.TextLengthMax} characters.",
                nameof(text));
        }

        var tokens = new List<Token>(text.Length / 3);
        try
        {
            foreach (var (token, part) in _raw.Split(AlignedText.Of(text), isTemplate))
            {
                if (token is not null)
                {
                    tokens.Add(Whole(token, part.Span));
                    continue;
                }

                CutNormalized(part, isTemplate, tokens);
            }
        }
        catch (RegexMatchTimeoutException exception)
        {
            throw new TokenizerUnusableException(
                _parts.File,
                TokenizerProblem.TooSlow,
                exception.Pattern);
        }

        return tokens;
    }

    private void CutNormalized(
        ReadOnlyMemory<AlignedRune> part,
        Func<int, int, bool> isTemplate,
        List<Token> tokens)
    {
        var normalized = _parts.Normalizer?.Normalize(part.ToArray()) ?? part;
        foreach (var (token, piece) in _normalized.Split(normalized, isTemplate))
        {
            if (token is not null)
            {
                tokens.Add(Whole(token, piece.Span));
                continue;
            }

            var words = _parts.PreTokenizer?.Split(piece, piece.Span[0].Start == 0) ?? [piece];
            foreach (var word in words)
            {
                _parts.Model.Encode(word.Span, tokens);
            }
        }
    }

    private static Token Whole(AddedToken token, ReadOnlySpan<AlignedRune> part) =>
        new(token.Id, part[0].Start, part[^1].End);
}
