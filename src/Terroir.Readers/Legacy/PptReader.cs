using System.Buffers.Binary;
using System.Text;
using Terroir.Documents;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Legacy;

/// <summary>Presentations of 1997 to 2003: the outline of each slide, then the texts of free shapes.</summary>
internal sealed class PptReader : FormatReader
{
    private const int HeaderLength = 8;
    private const int SlideList = 0x0FF0;
    private const int SlideStart = 0x03F3;
    private const int Slide = 0x03EE;
    private const int TextKind = 0x0F9F;
    private const int WideText = 0x0FA0;
    private const int NarrowText = 0x0FA8;

    public override string Name => "ppt";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var file = new CompoundFile(content);
        var entry = file.Find("PowerPoint Document") ?? throw new InvalidDataException("There is no slides stream.");
        if (file.Find("EncryptedSummary") is not null)
        {
            throw UnreadableException.Locked();
        }

        var slides = new SortedDictionary<int, List<Block>>();
        var reading = new Reading(slides, cancellationToken);
        reading.Read(file.Read(entry), 0, isOutline: false, isSlide: false);
        return CompoundProperties.Describe(file, new ExtractedDocument
        {
            MediaType = "application/vnd.ms-powerpoint",
            Reader = Name,
            Blocks = [.. slides.Values.SelectMany(blocks => blocks)],
            Warnings = [new Remark(RemarkCode.OldPowerPoint)],
        });
    }

    private sealed class Reading(SortedDictionary<int, List<Block>> slides, CancellationToken cancellationToken)
    {
        private const int DepthMax = 64;

        private int _outlineSlide;
        private int _shapeSlide;
        private int _kind;

        public void Read(ReadOnlySpan<byte> records, int depth, bool isOutline, bool isSlide)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var at = 0; at + HeaderLength <= records.Length;)
            {
                var head = BinaryPrimitives.ReadUInt16LittleEndian(records[at..]);
                var type = BinaryPrimitives.ReadUInt16LittleEndian(records[(at + 2)..]);
                var length = BinaryPrimitives.ReadUInt32LittleEndian(records[(at + 4)..]);
                var body = records.Slice(at + HeaderLength, (int)Math.Min(length, records.Length - at - HeaderLength));
                at += HeaderLength + body.Length;
                if ((head & 0x0F) == 0x0F && depth < DepthMax)
                {
                    _shapeSlide += type == Slide ? 1 : 0;
                    Read(body, depth + 1, type == SlideList ? head >> 4 == 0 : isOutline, isSlide || type == Slide);
                    continue;
                }

                _outlineSlide += type == SlideStart && isOutline ? 1 : 0;
                _kind = type == TextKind && body.Length >= 4 ? BinaryPrimitives.ReadInt32LittleEndian(body) : _kind;
                if (type is WideText or NarrowText && (isOutline || isSlide))
                {
                    var text = (type == WideText ? Encoding.Unicode : Encoding.Latin1).GetString(body);
                    Add(text, isOutline ? _outlineSlide : _shapeSlide);
                }
            }
        }

        private void Add(string text, int slide)
        {
            var place = new SourcePlace { Slide = Math.Max(1, slide) };
            var blocks = slides.TryGetValue(slide, out var known) ? known : slides[slide] = [];
            foreach (var line in text.Split('\r').Select(line => line.Replace('\v', '\n').Trim('\0', ' ', '\n')))
            {
                if (line.Length > 0)
                {
                    blocks.Add(_kind switch
                    {
                        0 or 6 => new HeadingBlock(2, line.ReplaceLineEndings(" "), place),
                        1 or 7 or 8 => new ListItemBlock(0, null, line, place),
                        _ => new ParagraphBlock(line, place),
                    });
                }
            }
        }
    }
}
