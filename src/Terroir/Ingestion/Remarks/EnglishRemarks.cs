using Terroir.Documents;

namespace Terroir.Ingestion.Remarks;

/// <summary>The sentences of remarks in English; see <see cref="RemarkText"/> for their form.</summary>
internal static class EnglishRemarks
{
    public static IReadOnlyDictionary<RemarkCode, string> All { get; } = new Dictionary<RemarkCode, string>
    {
        [RemarkCode.Said] = "{0}",
        [RemarkCode.EmptyFile] = "The file is empty. Restore it, or delete it.",
        [RemarkCode.FileTooLarge] = "The file is larger than {0} MiB. Split it, or raise the limit.",
        [RemarkCode.NoVisibleText] = "The file holds no text that can be seen. Check that it is complete.",
        [RemarkCode.AsksForPassword] = "The file asks for a password. Save it without one, then run 'terroir retry'.",
        [RemarkCode.LockedToDevice] = "The book is locked to a device. Ask for a copy without a lock.",
        [RemarkCode.MailEncrypted] = "The mail is encrypted. Decrypt it in the mail program and save it anew.",
        [RemarkCode.FileIsPicture] = "The file is a picture. Run character recognition on it first.",
        [RemarkCode.NotWhatNamePromises] =
            "The content is not what the name promises. Restore the file from its source, or give it its true name.",
        [RemarkCode.NoReaderForFormat] =
            "No reader takes this format. Convert it to PDF or DOCX, then run 'terroir sync'.",
        [RemarkCode.TookTooLong] = "Reading took longer than {0} s. Split the file, or save it anew.",
        [RemarkCode.FileDamaged] = "The file is damaged ({0}). Open it, save it anew, then run 'terroir retry'.",
        [RemarkCode.NoMainPart] =
            "The file has no part that holds its content. Open it, save it anew, then run 'terroir retry'.",
        [RemarkCode.NoTableOfParts] = "The book has no table of its parts. Restore it from its source.",
        [RemarkCode.NoJsonLine] = "No line of the file is JSON. Restore it from its source.",
        [RemarkCode.BinaryWorkbook] =
            "The workbook is in the binary form (XLSB). Save it as XLSX, then run 'terroir retry'.",
        [RemarkCode.TooManyEntries] = "The archive has more than {0} entries. Unpack it into a folder of the source.",
        [RemarkCode.EntryNameTooLong] = "A name in the archive is longer than 1 MiB. Pack the files anew.",
        [RemarkCode.UnpacksTooLarge] =
            "The file unpacks to more than the limit. Unpack it into a folder of the source, or split it.",
        [RemarkCode.ElementsTooDeep] = "Elements stand inside elements more than {0} deep. Save the file anew.",
        [RemarkCode.FilesTooDeep] =
            "Files stand inside files more than {0} deep. Unpack them into a folder of the source.",
        [RemarkCode.TooManyMails] = "The mailbox has more than {0} mails. Split it by year.",
        [RemarkCode.TooMuchText] = "The file holds more than {0} million characters. Split it.",
        [RemarkCode.TooManyCells] = "The tables hold more than {0} cells. Split the file, or use a database.",
        [RemarkCode.AnswerTooLarge] = "The file gives more text than the limit. Split it into smaller files.",
        [RemarkCode.TooMuchMemory] = "Reading needs more than {0} MiB of memory. Split the file.",
        [RemarkCode.ProcessEnded] =
            "Reading ended the reading process (code {0}). Open the file, save it anew, then run 'terroir retry'.",
        [RemarkCode.PartWasRead] = "A part was read.",
        [RemarkCode.HeldForQuality] =
            "Graded {0} ({1}). 'terroir quality' says what to fix; to index it as it is: 'terroir quality release"
            + " SOURCE PATH'.",
        [RemarkCode.FileRefused] = "The file cannot be read. Let the terroir account read it.",
        [RemarkCode.FileChanged] =
            "The file changed while it was read. The next synchronisation tries again by itself.",
        [RemarkCode.FolderTooDeep] =
            "The folder stands more than {0} folders deep. Move it up; what is in it is not read.",
        [RemarkCode.FolderRefused] =
            "The folder cannot be read ({0}). Let the terroir account read and pass it; what was read from it "
            + "before stays meanwhile.",
        [RemarkCode.FolderClosed] =
            "The server does not let the user look into it. Let the user read it there, or leave it out.",
        [RemarkCode.ObjectArchived] = "The object is in an archive of the server. Restore it there.",
        [RemarkCode.ObjectRefused] = "The key may not get this object. Let it, or leave the object out by a prefix.",
        [RemarkCode.FetchRefused] = "The server answers {0} when the file is fetched. Let the user read it there.",
        [RemarkCode.RowTooLarge] = "The row is larger than {0} bytes. Leave it out of the query.",
        [RemarkCode.RowIsAmbiguous] = "Several rows have this id. Let 'id-column' be one that is unique.",
        [RemarkCode.MailTooLarge] =
            "The mail is larger than {0} bytes. Save its attachments elsewhere, or leave it out.",
        [RemarkCode.MailRefused] =
            "The server does not give this mail. Open it in a mail program; the server's log may say why.",
        [RemarkCode.FontsUnmapped] =
            "The fonts of the file do not say which letters they draw, so that its text cannot be read. Run "
            + "character recognition on [page|pages] {0}.",
        [RemarkCode.NoPageRead] = "No page can be read ({0}). Open the file, save it anew, then run 'terroir retry'.",
        [RemarkCode.OnlyPictures] =
            "[Page {0} is a picture|Pages {0} are pictures] without text. Run character recognition on the file "
            + "first.",
        [RemarkCode.PagesWithoutText] =
            "[Page {0} has no text layer and was not read: run character recognition on it|Pages {0} have no text"
            + " layer and were not read: run character recognition on them].",
        [RemarkCode.PagesUnmapped] =
            "[Page {0} has letters that the file does not map to Unicode; its|Pages {0} have letters that the "
            + "file does not map to Unicode; their] text is partly wrong.",
        [RemarkCode.PagesImplausible] =
            "[Page {0} has|Pages {0} have] a text layer whose words are partly no words: a poor recognition, or fonts"
            + " that name wrong letters. Scan anew, or export the file anew.",
        [RemarkCode.PagesDamaged] = "[Page {0} has damage and was|Pages {0} have damage and were] not read.",
        [RemarkCode.PagesCut] = "[Page {0} has|Pages {0} have] too many letters; only the first were read.",
        [RemarkCode.PagesUnread] = "Only the first {0} of {1} pages were read: the document is too long. Split it.",
        [RemarkCode.PictureTooLarge] = "The picture has more than {0} million dots. Scan it at {1} dots an inch.",
        [RemarkCode.PictureDamaged] = "The picture is damaged. Open the file, save it anew, then run 'terroir retry'.",
        [RemarkCode.RecognitionFailed] =
            "Character recognition failed on [page|pages] {0}. Run 'terroir doctor', then 'terroir retry'.",
        [RemarkCode.NothingRecognized] =
            "No letters can be recognised: the file shows a blank sheet, a drawing, or handwriting. If it holds "
            + "print, scan it anew, straight, at 300 dots an inch.",
        [RemarkCode.InstallRecognition] = "Install what recognises print: apt install {0}; then run 'terroir retry'.",
        [RemarkCode.RecognitionGaveUp] = "Character recognition gave nothing:",
        [RemarkCode.PagesRecognized] = "[Page {0} was|Pages {0} were] read by character recognition.",
        [RemarkCode.PagesDoubtful] =
            "[Page {0} was|Pages {0} were] recognised with doubt: scan anew, straight, at 300 dots an inch, with "
            + "good contrast.",
        [RemarkCode.PagesCoarse] =
            "[Page {0} is|Pages {0} are] scanned with fewer than {1} dots an inch: scan anew at 300.",
        [RemarkCode.PagesBlank] =
            "[Page {0} shows|Pages {0} show] no letters that can be recognised: blank, a drawing, or handwriting.",
        [RemarkCode.PagesNotRecognized] = "[Page|Pages] {0} could not be drawn or recognised.",
        [RemarkCode.PagesTooLarge] =
            "[Page {0} has more than {1} million dots and was|Pages {0} have more than {1} million dots and were]"
            + " not read.",
        [RemarkCode.PagesNotTried] = "Only the first [page was|{0} pages were] recognised. Split the file.",
        [RemarkCode.NameAndContentDiffer] = "The name ends in {0}, and the content is {1}.",
        [RemarkCode.MarksTooDeep] = "The marks stand too deep inside one another; the file was read as plain text.",
        [RemarkCode.TrackedChanges] = "The file has tracked changes; they were read as accepted.",
        [RemarkCode.HiddenTextLeftOut] = "{0} [piece|pieces] of hidden text [was|were] left out.",
        [RemarkCode.HiddenSheetsRead] = "{0} hidden [sheet was|sheets were] read too.",
        [RemarkCode.HiddenSlidesRead] = "{0} hidden [slide was|slides were] read too.",
        [RemarkCode.HiddenPartsFound] =
            "{0} hidden [part was|parts were] found; hidden text is left out, hidden sheets are read.",
        [RemarkCode.OtherPartUnread] = "A part in another format inside the document was not read.",
        [RemarkCode.OldPowerPoint] = "The file has the form of PowerPoint 97; tables, notes and charts were not read.",
        [RemarkCode.OldWord] =
            "The file has the form of Word 97; numbers of lists, notes and text boxes were not read.",
        [RemarkCode.EntriesLeadOut] =
            "{0} [entry whose name leads out of the archive was|entries whose names lead out of the archive were]"
            + " left out.",
        [RemarkCode.LinesNotJson] = "{0} [line is not JSON and was|lines are not JSON and were] left out.",
        [RemarkCode.MailBodyUnread] = "The body is in a form that is not read. Save the mail as HTML or EML.",
        [RemarkCode.InnerMailsUnread] =
            "{0} [mail or object inside the mail was|mails or objects inside the mail were] not read.",
        [RemarkCode.PageIsPicture] = "The page is a picture without a text layer.",
        [RemarkCode.PageUnmapped] = "The fonts do not say which letters they draw.",
        [RemarkCode.PageFewUnmapped] = "A few letters have no Unicode.",
        [RemarkCode.PageImplausible] = "About {0} % of the text layer makes no words.",
        [RemarkCode.PageHasHiddenText] =
            "The text is the invisible layer of a scanned page; it is as good as the recognition was.",
        [RemarkCode.PageDamaged] = "The page is damaged.",
        [RemarkCode.PageBlank] = "No letters can be recognised on the page.",
        [RemarkCode.PageNotRecognized] = "The page could not be drawn or recognised.",
        [RemarkCode.PageTooLarge] = "The page has too many dots.",
        [RemarkCode.PageDoubted] = "Read by character recognition; the engine doubts {0} % of the letters.",
        [RemarkCode.PageDoubtedAndCoarse] =
            "Read by character recognition; the engine doubts {0} % of the letters, and the scan is coarse.",
    };
}
