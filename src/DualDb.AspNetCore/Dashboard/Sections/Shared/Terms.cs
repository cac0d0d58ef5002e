using System.Collections.Frozen;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;

namespace DualDb.AspNetCore.Dashboard.Sections.Shared;

/// <summary>Words that the libraries keep in English, in their tables or as names of their own, for a viewer to read.</summary>
internal static class Terms
{
    private static readonly FrozenDictionary<string, Text> Known = new[]
    {
        TermTexts.Started, TermTexts.Succeeded, TermTexts.Failed, TermTexts.Unanswered,
        TermTexts.Resume, TermTexts.Retry, TermTexts.Skip, TermTexts.SkipCompensation, TermTexts.Compensate, TermTexts.Replay, TermTexts.Edit, TermTexts.Discard,
        TermTexts.Expand, TermTexts.Backfill, TermTexts.Switch, TermTexts.Contract,
        TermTexts.SourcePriority, TermTexts.LastWriterWins, TermTexts.FirstWriterWins, TermTexts.ColumnMerge, TermTexts.Delta, TermTexts.DeleteWins, TermTexts.Custom, TermTexts.Manual,
        TermTexts.Insert, TermTexts.Update, TermTexts.Delete, TermTexts.None,
    }.ToFrozenDictionary(static text => text.English, StringComparer.Ordinal);

    /// <summary>The word in the viewer's language; one that a later version keeps is shown as it is, and marked as English.</summary>
    public static Html Term(this PartContext context, string word) => Known.TryGetValue(word, out var text) ? Html.Of($"{context.Say(text)}") : context.Said(word);

    /// <summary>The same as plain text.</summary>
    public static string TermText(this PartContext context, string word) => Known.TryGetValue(word, out var text) ? context.Say(text) : word;
}
