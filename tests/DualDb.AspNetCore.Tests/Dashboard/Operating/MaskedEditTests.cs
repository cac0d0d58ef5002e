using System.Text.Json;
using DualDb.AspNetCore.Dashboard.Sections.Shared;

namespace DualDb.AspNetCore.Tests.Dashboard.Operating;

/// <summary>What is behind a mask stays where it was, or the edit is refused.</summary>
public sealed class MaskedEditTests
{
    private const string Original = """{"id":1,"email":"ada@secret","places":[{"street":"A","city":"Bonn"},{"street":"B","city":"Ulm"}]}""";
    private const string Shown = """{"id":1,"email":"***","places":[{"street":"***","city":"Bonn"},{"street":"***","city":"Ulm"}]}""";

    [Theory]
    [InlineData("""{"id":2,"email":"***","places":[{"street":"***","city":"Bonn"},{"street":"***","city":"Ulm"}]}""", """{"id":2,"email":"ada@secret","places":[{"street":"A","city":"Bonn"},{"street":"B","city":"Ulm"}]}""")]
    [InlineData("""{"id":1,"email":"bob","places":[]}""", """{"id":1,"email":"bob","places":[]}""")]
    [InlineData("""{"id":1,"email":"***","places":[{"street":"***","city":"Bonn"},{"street":"C","city":"Rome"}]}""", """{"id":1,"email":"ada@secret","places":[{"street":"A","city":"Bonn"},{"street":"C","city":"Rome"}]}""")]
    public void What_is_left_masked_is_what_it_was(string edited, string stored) => Assert.Equal(stored, MaskedEdit.Merge(Original, Shown, edited));

    [Theory]
    [InlineData("""{"id":1,"email":"***","places":[{"street":"***","city":"Ulm"}]}""")]
    [InlineData("""{"id":1,"email":"***","places":[{"street":"***","city":"Ulm"},{"street":"***","city":"Bonn"}]}""")]
    [InlineData("""{"id":1,"email":"***","places":[{"street":"***","city":"Bonn"},{"street":"***","city":"Rome"}]}""")]
    [InlineData("""{"id":"***","email":"***","places":[]}""")]
    [InlineData("""{"id":1,"mail":"***","places":[]}""")]
    [InlineData("no JSON")]
    public void What_nobody_could_tell_apart_is_refused(string edited) => Assert.ThrowsAny<JsonException>(() => MaskedEdit.Merge(Original, Shown, edited));
}
