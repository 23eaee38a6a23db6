using System.Text.Json.Serialization;

namespace Terroir.Documents;

/// <summary>What a <see cref="Remark"/> says; after the colon, what values it has. The names are stored; they do not
/// change.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RemarkCode>))]
public enum RemarkCode
{
    /// <summary>A sentence that is in words already: the sentence, in English.</summary>
    Said,

    /// <summary>The file has no bytes.</summary>
    EmptyFile,

    /// <summary>The file is larger than allowed: MiB.</summary>
    FileTooLarge,

    /// <summary>The file holds no text that can be seen.</summary>
    NoVisibleText,

    /// <summary>The file, or one inside it, asks for a password.</summary>
    AsksForPassword,

    /// <summary>A book is locked to a device.</summary>
    LockedToDevice,

    /// <summary>A mail is encrypted.</summary>
    MailEncrypted,

    /// <summary>The file is a picture, and pictures are not recognised.</summary>
    FileIsPicture,

    /// <summary>The content does not fit the name.</summary>
    NotWhatNamePromises,

    /// <summary>No reader takes the format.</summary>
    NoReaderForFormat,

    /// <summary>Reading took too long: seconds.</summary>
    TookTooLong,

    /// <summary>A parser failed: the name of its failure.</summary>
    FileDamaged,

    /// <summary>The part with the content is missing.</summary>
    NoMainPart,

    /// <summary>A book does not say of what it is made.</summary>
    NoTableOfParts,

    /// <summary>No line is JSON.</summary>
    NoJsonLine,

    /// <summary>The workbook is an XLSB.</summary>
    BinaryWorkbook,

    /// <summary>An archive has too many entries: the most.</summary>
    TooManyEntries,

    /// <summary>A name in an archive is longer than allowed.</summary>
    EntryNameTooLong,

    /// <summary>What the file unpacks to is larger than allowed.</summary>
    UnpacksTooLarge,

    /// <summary>Markup is nested too deep: how deep it may be.</summary>
    ElementsTooDeep,

    /// <summary>Files stand inside files too deep: how deep they may.</summary>
    FilesTooDeep,

    /// <summary>A mailbox has too many mails: the most.</summary>
    TooManyMails,

    /// <summary>The file holds too much text: millions of characters.</summary>
    TooMuchText,

    /// <summary>The tables hold too many cells: the most.</summary>
    TooManyCells,

    /// <summary>What was read is larger than a reading process may answer.</summary>
    AnswerTooLarge,

    /// <summary>Reading needs too much memory: MiB.</summary>
    TooMuchMemory,

    /// <summary>The reading process ended with the file: its exit code.</summary>
    ProcessEnded,

    /// <summary>Files inside were read, others not; remarks on these follow.</summary>
    PartWasRead,

    /// <summary>A rule holds the file: its grade, and the letters of all axes.</summary>
    HeldForQuality,

    /// <summary>The account may not read a file.</summary>
    FileRefused,

    /// <summary>The file changed meanwhile.</summary>
    FileChanged,

    /// <summary>A folder stands too deep: how deep it may.</summary>
    FolderTooDeep,

    /// <summary>The account may not look into a folder: what the system says.</summary>
    FolderRefused,

    /// <summary>A server shows no user the inside of a folder.</summary>
    FolderClosed,

    /// <summary>An object of a bucket is in an archive.</summary>
    ObjectArchived,

    /// <summary>The key may not get an object.</summary>
    ObjectRefused,

    /// <summary>A server refuses a file: its status.</summary>
    FetchRefused,

    /// <summary>A row is larger than allowed: bytes.</summary>
    RowTooLarge,

    /// <summary>Several rows have one id.</summary>
    RowIsAmbiguous,

    /// <summary>A mail is larger than allowed: bytes.</summary>
    MailTooLarge,

    /// <summary>A server does not give a mail.</summary>
    MailRefused,

    /// <summary>No page says which letters its fonts draw: the pages, their count.</summary>
    FontsUnmapped,

    /// <summary>All pages are damaged: the name of the failure.</summary>
    NoPageRead,

    /// <summary>All pages are pictures: the pages, their count.</summary>
    OnlyPictures,

    /// <summary>Pages are pictures: the pages, their count.</summary>
    PagesWithoutText,

    /// <summary>Pages have letters without Unicode: the pages, their count.</summary>
    PagesUnmapped,

    /// <summary>Pages have words that cannot be words: the pages, their count.</summary>
    PagesImplausible,

    /// <summary>Pages are damaged: the pages, their count.</summary>
    PagesDamaged,

    /// <summary>Pages have too many letters: the pages, their count.</summary>
    PagesCut,

    /// <summary>The document is too long: how many pages were read, how many it has.</summary>
    PagesUnread,

    /// <summary>A picture has too many dots: millions, and the dots an inch to scan at.</summary>
    PictureTooLarge,

    /// <summary>A picture cannot be opened.</summary>
    PictureDamaged,

    /// <summary>The engine failed on pages: the pages, their count.</summary>
    RecognitionFailed,

    /// <summary>No page has letters.</summary>
    NothingRecognized,

    /// <summary>Programs are missing: their packages.</summary>
    InstallRecognition,

    /// <summary>Recognition gave nothing; why follows.</summary>
    RecognitionGaveUp,

    /// <summary>Pages were recognised: the pages, their count.</summary>
    PagesRecognized,

    /// <summary>The engine is unsure of pages: the pages, their count.</summary>
    PagesDoubtful,

    /// <summary>Scans are coarse: the pages, the fewest dots an inch, their count.</summary>
    PagesCoarse,

    /// <summary>Pages show no letters: the pages, their count.</summary>
    PagesBlank,

    /// <summary>The engine failed on pages: the pages, their count.</summary>
    PagesNotRecognized,

    /// <summary>Pages have too many dots: the pages, millions of dots, their count.</summary>
    PagesTooLarge,

    /// <summary>Only so many pages are recognised: how many.</summary>
    PagesNotTried,

    /// <summary>The name fits another format: its extension, the reader.</summary>
    NameAndContentDiffer,

    /// <summary>Markdown is nested too deep.</summary>
    MarksTooDeep,

    /// <summary>Changes are tracked.</summary>
    TrackedChanges,

    /// <summary>Hidden text was left out: how many pieces.</summary>
    HiddenTextLeftOut,

    /// <summary>Hidden sheets were read: how many.</summary>
    HiddenSheetsRead,

    /// <summary>Hidden slides were read: how many.</summary>
    HiddenSlidesRead,

    /// <summary>There are hidden parts: how many.</summary>
    HiddenPartsFound,

    /// <summary>A part is in another format.</summary>
    OtherPartUnread,

    /// <summary>The reader of PowerPoint 97 reads less.</summary>
    OldPowerPoint,

    /// <summary>The reader of Word 97 reads less.</summary>
    OldWord,

    /// <summary>Entries were left out for their names: how many.</summary>
    EntriesLeadOut,

    /// <summary>Lines were left out: how many.</summary>
    LinesNotJson,

    /// <summary>The body of a mail was not read.</summary>
    MailBodyUnread,

    /// <summary>Mails inside a mail were not read: how many.</summary>
    InnerMailsUnread,

    /// <summary>The page is a picture.</summary>
    PageIsPicture,

    /// <summary>The fonts of the page are not mapped.</summary>
    PageUnmapped,

    /// <summary>A few letters of the page are not mapped.</summary>
    PageFewUnmapped,

    /// <summary>The page has words that cannot be words: per cent.</summary>
    PageImplausible,

    /// <summary>The text of the page is an invisible layer.</summary>
    PageHasHiddenText,

    /// <summary>The page is damaged.</summary>
    PageDamaged,

    /// <summary>The page shows no letters.</summary>
    PageBlank,

    /// <summary>The engine failed on the page.</summary>
    PageNotRecognized,

    /// <summary>The page has too many dots.</summary>
    PageTooLarge,

    /// <summary>The page was recognised: per cent of the letters that the engine doubts.</summary>
    PageDoubted,

    /// <summary>The page was recognised from a coarse scan: per cent of the letters that the engine doubts.</summary>
    PageDoubtedAndCoarse,
}
