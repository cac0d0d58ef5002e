using DualDb.AspNetCore.Dashboard.Language;

namespace DualDb.AspNetCore.Dashboard.Sections.Comparisons;

internal static class ConsistencyTexts
{
    public static readonly Text Title = new("Consistency", "ความสอดคล้อง");
    public static readonly Text Runs = new("Comparisons", "การเปรียบเทียบ");
    public static readonly Text NoRuns = new(
        "Nothing was compared yet, so nobody knows whether both sides agree. Verify, or set SyncOptions.VerifyEvery.",
        "ยังไม่เคยเปรียบเทียบ จึงไม่ทราบว่าข้อมูลทั้งสองด้านตรงกันหรือไม่ โปรดสั่งตรวจสอบ หรือตั้งค่า SyncOptions.VerifyEvery");
    public static readonly Text Verify = new("Verify", "ตรวจสอบ");
    public static readonly Text Number = new("Comparison", "การเปรียบเทียบที่");
    public static readonly Text Took = new("Took", "ใช้เวลา");
    public static readonly Text By = new("By", "โดย");
    public static readonly Text Scheduled = new("scheduled", "ตามกำหนด");
    public static readonly Text Counted = new("counts differed", "จำนวนแถวต่างกัน");
    public static readonly Text Equal = new("equal", "ตรงกัน");
    public static readonly Text Differ = new("differ", "ต่างกัน");
    public static readonly Text Compared = new("Compared", "เปรียบเทียบแล้ว");
    public static readonly Text MissingInTarget = new("Missing in the target", "ขาดที่ปลายทาง");
    public static readonly Text MissingInSource = new("Missing in the source", "ขาดที่ต้นทาง");
    public static readonly Text Different = new("Different", "ค่าต่างกัน");
    public static readonly Text Orphans = new("Broken references", "การอ้างอิงที่ขาด");
    public static readonly Text Repaired = new("Repaired", "ซ่อมแล้ว");
    public static readonly Text One = new("One comparison", "การเปรียบเทียบหนึ่งครั้ง");
    public static readonly Text None = new("This comparison is no longer kept.", "ไม่ได้เก็บการเปรียบเทียบนี้แล้ว");
    public static readonly Text Of = new("Map or reference", "แมปหรือการอ้างอิง");
    public static readonly Text Notes = new("Notes", "หมายเหตุ");
    public static readonly Text InFlight = new("{0} rows were being written", "มี {0} แถวที่กำลังถูกเขียน");
    public static readonly Text Partial = new("there may be more", "อาจมีมากกว่านี้");
    public static readonly Text Unconfirmed = new("not confirmed: changes on their way did not arrive", "ยังไม่ยืนยัน การเปลี่ยนแปลงที่กำลังส่งมาไม่ถึง");
    public static readonly Text Differences = new("Rows that differ", "แถวที่ต่างกัน");
    public static readonly Text NoDifferences = new("No row differs, and no reference is broken.", "ไม่มีแถวที่ต่างกัน และไม่มีการอ้างอิงที่ขาด");
    public static readonly Text Kind = new("How", "ลักษณะ");
    public static readonly Text Orphan = new("{0} rows refer to what is not there", "มี {0} แถวอ้างถึงสิ่งที่ไม่มี");
    public static readonly Text Row = new("Both sides as they are now", "ข้อมูลทั้งสองด้านในขณะนี้");
    public static readonly Text RowGone = new("This difference is no longer kept.", "ไม่ได้เก็บความแตกต่างนี้แล้ว");
    public static readonly Text NoImages = new("A reference has no row of its own to show. Look for the rows that refer to it.", "การอ้างอิงไม่มีแถวของตัวเอง โปรดค้นหาแถวที่อ้างถึง");
    public static readonly Text Plan = new("What a repair would do", "สิ่งที่การซ่อมจะทำ");
    public static readonly Text TrySource = new("Try a repair with the source's rows", "ลองซ่อมด้วยแถวของต้นทาง");
    public static readonly Text TryTarget = new("Try a repair with the target's rows", "ลองซ่อมด้วยแถวของปลายทาง");
    public static readonly Text NothingToDo = new("There is nothing to repair.", "ไม่มีสิ่งที่ต้องซ่อม");
    public static readonly Text NotTarget = new("A map of this comparison is one-way: nothing leads back to its source. Repair with the source's rows.", "แมปนี้เป็นทางเดียว ไม่มีทางกลับไปยังต้นทาง โปรดซ่อมด้วยแถวของต้นทาง");
    public static readonly Text Would = new("Would be done", "จะทำ");
    public static readonly Text Repair = new("Repair", "ซ่อม");
    public static readonly Text InsertOnly = new("Only add rows that are missing", "เพิ่มเฉพาะแถวที่ขาด");
}
