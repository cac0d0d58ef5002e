using DualDb.Generators.Tests.Harness;

namespace DualDb.Generators.Tests.Events;

/// <summary>What is marked sensitive is shown neither by the mask of a payload nor by the text of a record.</summary>
public sealed class SensitiveTests
{
    private const string Document = """
        {"id":7,"contact":{"name":"Ada","email":"ada@secret","salary":4711.5},"addresses":[{"street":"Secret 1","city":"Bonn","former":{"street":"Secret 2","city":"Ulm","former":null}}],"named":{"home":{"street":"Secret 3","city":"Köln","former":null}},"account":{"value":"DE-secret"},"notes":["a secret"]}
        """;

    private static readonly EventCode Code = EventCode.Of(Fixture.Source("Sensitive"));

    private static Type Joined => Code.Type("Guarded.CustomerJoined");

    [Fact]
    public void A_mask_shows_what_is_not_marked_and_nothing_else()
        => Assert.Equal(
            """{"id":7,"contact":{"name":"Ada","email":"***","salary":"***"},"addresses":[{"street":"***","city":"Bonn","former":{"street":"***","city":"Ulm","former":null}}],"named":{"home":{"street":"***","city":"Köln","former":null}},"account":"***","notes":"***"}""",
            Code.Mask(Joined, Document));

    [Theory]
    [InlineData("""{"id":7,"mail":"ada@secret"}""", """{"id":7,"mail":"***"}""")]
    [InlineData("""{"id":7,"contact":"ada@secret"}""", """{"id":7,"contact":"***"}""")]
    [InlineData("""{"id":7,"addresses":{"secret":1}}""", """{"id":7,"addresses":"***"}""")]
    [InlineData("""["secret"]""", "\"***\"")]
    [InlineData("no secret, and no JSON", "\"***\"")]
    [InlineData("""{"id":7,"notes":null}""", """{"id":7,"notes":null}""")]
    public void What_is_none_of_todays_type_is_masked(string stored, string shown) => Assert.Equal(shown, Code.Mask(Joined, stored));

    [Fact]
    public void An_event_without_anything_sensitive_is_shown_as_it_is()
        => Assert.Equal("""{"id":7,"more":1}""", Code.Mask(Code.Type("Guarded.CustomerLeft"), """{"id":7,"more":1}"""));

    [Fact]
    public void What_is_sensitive_is_stored_as_it_is() => Assert.Contains("ada@secret", Code.Write(Code.Read(Joined, Document)), StringComparison.Ordinal);

    [Fact]
    public void The_text_of_a_record_masks_what_is_marked()
    {
        var text = Code.Read(Joined, Document).ToString()!;

        Assert.StartsWith("CustomerJoined { Id = 7, Contact = Employee { Name = Ada, Email = ***, Salary = *** }, Addresses = ", text, StringComparison.Ordinal);
        Assert.EndsWith("Account = ***, Notes = *** }", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.OrdinalIgnoreCase);
    }
}
