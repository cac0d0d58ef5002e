namespace DualDb.Testing.Supabase;

/// <summary>One text of an installed file, how often it is there, and what stands in its place.</summary>
internal sealed record LiteCorrection(string File, string Find, string Replacement, int Times = 1)
{
    public string Apply(string text)
    {
        var found = text.AsSpan().Count(Find);
        return found == Times
            ? text.Replace(Find, Replacement, StringComparison.Ordinal)
            : throw new LocalServerException($"'{File}' is not the file that was published: what is to be corrected in it is there {found} times instead of {Times}. Remove the folder and start again.");
    }
}
