using DualDb.Analyzers.Tests.Harness;

namespace DualDb.Analyzers.Tests.Rules;

public sealed class EventRulesTests
{
    private const string Usings = "using DualDb.Consistency.Events; using System.Text.Json.Serialization;\n";

    [Theory]
    [InlineData("public record {|DDB400:E|}(int A);", "'E' is not partial, so nothing can be added to it. Add the partial modifier to 'E'.")]
    [InlineData("public partial record {|DDB400:E|}<T>(int A);", "'E' is generic, and one name stands for one type of event. Remove the type parameters.")]
    [InlineData("public abstract partial record {|DDB400:E|}(int A);", "it is abstract, so that reading could make no instance of it. Remove the modifier.")]
    [InlineData("public static partial class {|DDB400:E|};", "it is static, so that reading could make no instance of it. Remove the modifier.")]
    [InlineData("file partial record {|DDB400:E|}(int A);", "'E' is file-local, so that generated code elsewhere in the project cannot name it. Make 'E' internal or public.")]
    [InlineData("public ref partial struct {|DDB400:E|};", "it is a ref struct, which cannot be kept until it is published. Remove the ref modifier.")]
    public Task An_event_is_a_partial_type_that_can_be_made(string declaration, string message)
        => Verify.ReportsAsync(Usings + "[DomainEvent(\"e\")] " + declaration, "'E' cannot be an event: " + message);

    [Theory]
    [InlineData("public class {|DDB400:Outer|}", "'Outer' is not partial, so nothing can be added to it. Add the partial modifier to 'Outer'.")]
    [InlineData("public partial class {|DDB400:Outer|}<T>", "'Outer' is generic, and one name stands for one type of event. Remove the type parameters.")]
    public Task What_is_around_an_event_takes_a_part_too(string outer, string message)
        => Verify.ReportsAsync(Usings + outer + " { [DomainEvent(\"e\")] public partial record E(int A); }", "'E' cannot be an event: " + message);

    [Fact]
    public Task A_private_event_cannot_be_named() => Verify.ReportsAsync(
        Usings + "public partial class Outer { [DomainEvent(\"e\")] private partial record {|DDB400:E|}(int A); }",
        "'E' cannot be an event: 'E' is private, so that generated code elsewhere in the project cannot name it. Make 'E' internal or public.");

    [Theory]
    [InlineData("(object {|DDB401:A|})", "'E.A' is of type 'object', which can be anything, so that reading could not tell what to make. Use the type that it is.")]
    [InlineData("(dynamic {|DDB401:A|})", "'E.A' is of type 'dynamic', which has no form in JSON. Use another type.")]
    [InlineData("(List<IDisposable> {|DDB401:A|})", "'E.A' is of type 'IDisposable', which is an interface, so that reading could not tell which class to make. Use the class.")]
    [InlineData("(Action {|DDB401:A|})", "'E.A' is of type 'Action', which has no form in JSON. Use another type.")]
    [InlineData("((int, string)[] {|DDB401:A|})", "'E.A' is of type '(int, string)', which is a tuple, whose elements have no names of their own. Declare a record.")]
    [InlineData("(Dictionary<int, string> {|DDB401:A|})", "'E.A' is of type 'Dictionary<int, string>', which is a collection of a kind that generated code cannot fill. Use an array, a List<T>, or a Dictionary<string, T>.")]
    [InlineData("(int[,] {|DDB401:A|})", "'E.A' is of type 'int[*,*]', which has no form in JSON. Use another type.")]
    [InlineData("(Exception {|DDB401:A|})", "'E.A' is of type 'Exception', which belongs to a library that does not say how it is written. Use a type of your own that holds what is needed of it.")]
    [InlineData("(Shape {|DDB401:A|}); public abstract class Shape;//", "'E.A' is of type 'Shape', which is abstract, so that reading could not tell which class to make. Use the class that derives from it.")]
    [InlineData("(Shape {|DDB401:A|}); [JsonDerivedType(typeof(Round))] public class Shape; public sealed class Round : Shape;//", "'E.A' is of type 'Shape', which stands for the types that derive from it, which generated code does not tell apart. Use one type with the members of all, or one member per type.")]
    [InlineData("(Line A); public record Line(object {|DDB401:B|});//", "'Line.B' is of type 'object', which can be anything, so that reading could not tell what to make. Use the type that it is.")]
    [InlineData("(Line {|DDB401:A|}); public class Line(int number) { public string Text => number.ToString(); }//", "'E.A' is of type 'Line', which cannot be made: no constructor takes only values of its members, each parameter named and typed like one, and leaves the others to be set. Declare a positional record, or members with an init accessor.")]
    [InlineData("(int A) { public int {|DDB401:B|} { get; } = 3; }//", "'E.B' holds a value that could not be set again when it is read. Give it an init accessor, or mark it with [JsonIgnore].")]
    [InlineData("(int A) { public int {|DDB401:B|}; }//", "'E.B' is a field, and only properties are written. Make it a property, or mark it with [JsonIgnore].")]
    [InlineData("(int A) { [JsonIgnore] public required int {|DDB401:B|} { get; init; } }//", "'E.B' is required and is left out, so that no instance could be made. Remove [JsonIgnore], or the required modifier.")]
    [InlineData("(int Id, int {|DDB401:ID|})", "'E.ID' has the same name in JSON as another member, 'id'. Give one of them another with [JsonPropertyName].")]
    [InlineData("([property: JsonPropertyName(\"\\ud800\")] int {|DDB401:A|})", "'E.A' has half a surrogate pair in its name, which JSON cannot hold. Give it another with [JsonPropertyName].")]
    [InlineData("(Node A); public record Node(int X, Node {|DDB401:Next|});//", "'Node.Next' is of type 'Node', which contains 'Node' again and is never null, so that no instance could be completed. Make it nullable, or a list.")]
    [InlineData("(Node? A); public record Node(Other B); public record Other(int X, Node {|DDB401:Back|});//", "'Other.Back' is of type 'Node', which contains 'Other' again and is never null, so that no instance could be completed. Make it nullable, or a list.")]
    [InlineData("(int A) { [Obsolete(\"\", true)] public int {|DDB401:B|} { get; set; } }//", "'E.B' cannot be read by generated code. Make it accessible, or mark it with [JsonIgnore].")]
    public Task The_members_of_an_event_can_be_written(string rest, string message)
        => Verify.ReportsAsync(Usings + "[DomainEvent(\"e\")] public partial record E" + rest + ";", "'E' cannot be written as JSON: " + message);

    [Fact]
    public Task An_event_that_is_a_list_cannot_be_written() => Verify.ReportsAsync(
        Usings + "[DomainEvent(\"e\")] public partial class {|DDB401:E|} : List<int>;",
        "'E' cannot be written as JSON: 'E' is a collection of a kind that generated code cannot fill. Use an array, a List<T>, or a Dictionary<string, T>.");

    [Theory]
    [InlineData("\"\"", "''", "it is empty")]
    [InlineData("null!", "''", "it is empty")]
    [InlineData("\" \"", "' '", "it is empty")]
    [InlineData("\"a\\nb\"", "'a\\nb'", "it contains a control character")]
    [InlineData("\"a\\ud800\"", "'a\\ud800'", "it contains half a surrogate pair")]
    public Task The_name_of_an_event_is_a_text_of_1_to_200_characters(string name, string shown, string why) => Verify.ReportsAsync(
        Usings + $"[{{|DDB402:DomainEvent({name})|}}] public partial record E(int A);",
        $"'E' cannot be stored under the name {shown}: {why}. Write 1 to 200 characters that say what has happened, such as \"order.created\".");

    [Fact]
    public async Task The_name_of_an_event_has_a_limit()
    {
        await Verify.IsSilentAsync(Usings + $"[DomainEvent(\"{new string('a', 200)}\")] public partial record E(int A);");
        await Verify.ReportsAsync(
            Usings + $"[{{|DDB402:DomainEvent(\"{new string('a', 201)}\")|}}] public partial record E(int A);",
            $"'E' cannot be stored under the name '{new string('a', 50)}…': it is longer than 200 characters. Write 1 to 200 characters that say what has happened, such as \"order.created\".");
    }

    [Fact]
    public Task Two_events_of_one_name_cannot_be_told_apart() => Verify.ReportsAsync(
        Usings + "[DomainEvent(\"e\")] public partial record A(int X); [{|DDB403:DomainEvent(\"e\")|}] public partial record B(int X);",
        "'B' cannot be told from 'A': both are stored under the name 'e'. Give one of them another.");

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public Task The_version_of_an_event_is_1_or_more(int version) => Verify.ReportsAsync(
        Usings + $"[{{|DDB404:DomainEvent(\"e\", Version = {version})|}}] public partial record E(int A);",
        $"'E' cannot have version {version}: versions are counted from 1. Write 1 or more, or leave Version out.");

    [Fact]
    public async Task An_event_that_nobody_handles_is_told_of_where_events_are_dispatched()
    {
        const string Event = "[DomainEvent(\"e\")] public partial record E(int A);";

        await Verify.IsSilentAsync(Usings + Event);
        await Verify.ReportsAsync(
            Usings + "[DualDatabase] public partial class Db; [DomainEvent(\"e\")] public partial record {|DDB405:E|}(int A);",
            "'E' has no effect here: no class of this project handles it. Write an IEventHandler<E>, or leave it to a project that does.");
    }

    [Fact]
    public Task A_root_that_declares_Events_gets_none() => Verify.ReportsAsync(
        Usings + "[DualDatabase] public partial class Db { public int {|DDB414:Events|} => 1; } [DomainEvent(\"e\")] public partial record {|DDB405:E|}(int A);",
        "'Db' gets no events: it declares 'Events', and so would its generated part. Rename yours.",
        "'E' has no effect here: no class of this project handles it. Write an IEventHandler<E>, or leave it to a project that does.");

    [Fact]
    public async Task An_entity_called_Event_has_no_place_on_a_root_with_events()
    {
        const string Model = "[DualDatabase] public partial class Db; [Neon] public partial record {|DDB053:Event|}([Key] int Id);";

        await Verify.IsSilentAsync(Usings + Model.Replace("{|DDB053:", "").Replace("|}", ""));
        await Verify.ReportsAsync(
            Usings + "[DualDatabase] public partial class Db; [{|DDB053:Neon|}] public partial record Event([Key] int Id); [DomainEvent(\"e\")] public partial record {|DDB405:E|}(int A);",
            "The root 'Db' can have no property 'Events' for 'Event': the name is taken by the events of the project. Rename that, or choose another set with Set = \"…\" in the annotation of 'Event'.",
            "'E' has no effect here: no class of this project handles it. Write an IEventHandler<E>, or leave it to a project that does.");
    }
}
