namespace DualDb.IntegrationTests.Users;

/// <summary>Who asks.</summary>
public enum Actor
{
    Alice,
    Bob,
    Nobody,
}

/// <summary>What is asked for.</summary>
public enum Act
{
    Find,
    Get,
    FindMany,
    Exists,
    List,
    Count,
    Where,
    Page,
    Stream,
    Insert,
    InsertMany,
    InsertVeryMany,
    Update,
    GiveAway,
    Patch,
    Upsert,
    UpsertMany,
    Delete,
    UpdateWhere,
    DeleteWhere,
}

/// <summary>Whose row it is about; what is written anew is written as that one's.</summary>
public enum Row
{
    AlicesOwn,
    AlicesPublic,
    BobsOwn,
    BobsPublic,
    Missing,
    All,
}

/// <summary>An operation, who asks for it, about whose row, and what comes of it.</summary>
/// <param name="Act">The operation.</param>
/// <param name="Who">Who asks.</param>
/// <param name="Row">Whose row.</param>
/// <param name="Outcome">What comes of it: how many rows, or a refusal.</param>
/// <param name="Left">How many rows there are in the table afterwards.</param>
public sealed record UserCase(Act Act, Actor Who, Row Row, string Outcome, int Left = 4)
{
    private const string Refused = "refused";
    private const string NotFound = "not found";

    /// <summary>All of them: four rows, a private and a public one of each of two users.</summary>
    public static IReadOnlyList<UserCase> All { get; } =
    [
        new(Act.Find, Actor.Alice, Row.AlicesOwn, "1"),
        new(Act.Find, Actor.Alice, Row.BobsOwn, "0"),
        new(Act.Find, Actor.Alice, Row.BobsPublic, "1"),
        new(Act.Find, Actor.Bob, Row.AlicesOwn, "0"),
        new(Act.Find, Actor.Bob, Row.BobsOwn, "1"),
        new(Act.Find, Actor.Nobody, Row.AlicesOwn, "0"),
        new(Act.Find, Actor.Nobody, Row.AlicesPublic, "1"),
        new(Act.Find, Actor.Alice, Row.Missing, "0"),
        new(Act.Get, Actor.Alice, Row.AlicesOwn, "1"),
        new(Act.Get, Actor.Alice, Row.BobsOwn, NotFound),
        new(Act.FindMany, Actor.Alice, Row.All, "3"),
        new(Act.FindMany, Actor.Nobody, Row.All, "2"),
        new(Act.Exists, Actor.Alice, Row.BobsOwn, "0"),
        new(Act.Exists, Actor.Bob, Row.BobsOwn, "1"),
        new(Act.List, Actor.Alice, Row.All, "3"),
        new(Act.List, Actor.Bob, Row.All, "3"),
        new(Act.List, Actor.Nobody, Row.All, "2"),
        new(Act.Count, Actor.Alice, Row.All, "3"),
        new(Act.Count, Actor.Nobody, Row.All, "2"),
        new(Act.Where, Actor.Alice, Row.BobsOwn, "1"),
        new(Act.Where, Actor.Bob, Row.BobsOwn, "2"),
        new(Act.Page, Actor.Bob, Row.All, "3"),
        new(Act.Page, Actor.Nobody, Row.All, "2"),
        new(Act.Stream, Actor.Alice, Row.All, "3"),
        new(Act.Stream, Actor.Nobody, Row.All, "2"),
        new(Act.Insert, Actor.Alice, Row.AlicesOwn, "1", Left: 5),
        new(Act.Insert, Actor.Alice, Row.BobsOwn, Refused),
        new(Act.Insert, Actor.Nobody, Row.AlicesOwn, Refused),
        new(Act.InsertMany, Actor.Bob, Row.BobsOwn, "3", Left: 7),
        new(Act.InsertMany, Actor.Bob, Row.All, Refused),
        new(Act.InsertVeryMany, Actor.Bob, Row.BobsOwn, "45", Left: 49),
        new(Act.InsertVeryMany, Actor.Bob, Row.AlicesOwn, Refused),
        new(Act.Update, Actor.Alice, Row.AlicesOwn, "1"),
        new(Act.Update, Actor.Alice, Row.BobsOwn, NotFound),
        new(Act.Update, Actor.Alice, Row.Missing, NotFound),
        new(Act.GiveAway, Actor.Alice, Row.AlicesOwn, Refused),
        new(Act.Patch, Actor.Bob, Row.BobsPublic, "1"),
        new(Act.Patch, Actor.Bob, Row.AlicesOwn, NotFound),
        new(Act.Patch, Actor.Nobody, Row.AlicesPublic, Refused),
        new(Act.Upsert, Actor.Alice, Row.AlicesOwn, "1"),
        new(Act.Upsert, Actor.Alice, Row.BobsOwn, Refused),
        new(Act.Upsert, Actor.Alice, Row.BobsPublic, Refused),
        new(Act.UpsertMany, Actor.Bob, Row.BobsOwn, "1"),
        new(Act.UpsertMany, Actor.Bob, Row.All, Refused),
        new(Act.Delete, Actor.Alice, Row.AlicesOwn, "1", Left: 3),
        new(Act.Delete, Actor.Alice, Row.BobsOwn, "0"),
        new(Act.Delete, Actor.Bob, Row.AlicesPublic, "0"),
        new(Act.Delete, Actor.Nobody, Row.AlicesPublic, Refused),
        new(Act.UpdateWhere, Actor.Alice, Row.All, "2"),
        new(Act.UpdateWhere, Actor.Nobody, Row.All, Refused),
        new(Act.DeleteWhere, Actor.Bob, Row.All, "2", Left: 2),
        new(Act.DeleteWhere, Actor.Nobody, Row.All, Refused),
    ];

    public override string ToString() => $"{Who} {Act} {Row}";
}
